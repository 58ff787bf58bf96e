/** Packages that are judges of the sandbox and no part of the project, installed once for this machine. */
import { execFile } from 'node:child_process';
import { access, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

export type Judge = { readonly path: string } | { readonly missing: string };

export interface JudgePackage {
  readonly name: string;
  readonly version: string;
  /** What of it is kept: a path inside of the folder that it is installed into, made there by `make`. */
  readonly keep: string;
  readonly make?: (folder: string) => Promise<void>;
  /** Whether what it wants beside itself is left out. */
  readonly alone?: boolean;
}

/** Where judges are kept for the runs to come: the folder for temporary files of a run of all goes with it. */
export const KEPT = process.env['SLIPWAY_JUDGES'] ?? tmpdir();

/** The folder or file that is kept; why it is not there, where it cannot be had. */
export async function judgeFrom(wanted: JudgePackage): Promise<Judge> {
  const { name, version, keep, make } = wanted;
  const path = join(
    KEPT,
    `slipway-judge-${name.replaceAll(/[^a-z0-9]+/g, '-')}-${version}-${basename(keep)}`,
  );
  if (await isThere(path)) return { path };
  const folder = await mkdtemp(join(KEPT, 'slipway-judge-'));
  try {
    await install(folder, wanted);
    await make?.(folder);
    // Two runs may install it at once; each puts a whole one in place, and the second is not needed.
    await rename(join(folder, keep), path).catch(async (error: unknown) => {
      if (!(await isThere(path))) throw error;
    });
    return { path };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { missing: `it could not be installed: ${why}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** By npm as its user has set it up, and without the guard that lets no program of a test reach another host. */
async function install(folder: string, { name, version, alone }: JudgePackage): Promise<void> {
  const kept = Object.entries(process.env).filter(([variable]) =>
    /^(PATH|npm_config_.*|.*_proxy)$/i.test(variable),
  );
  const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=0'];
  await promisify(execFile)(
    'npm',
    ['install', ...options, ...(alone ? ['--legacy-peer-deps'] : []), `${name}@${version}`],
    {
      cwd: folder,
      env: { ...Object.fromEntries(kept), HOME: userInfo().homedir, NODE_OPTIONS: '' },
      timeout: 120_000,
    },
  );
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
