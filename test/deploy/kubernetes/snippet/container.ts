/** A container as a script of the snippet finds it: its volumes, its environment and its termination message. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Shell } from './shells';

const SCRIPTS = resolve(import.meta.dirname, '../../../../src/deploy/kubernetes/snippet');

export interface Ended {
  readonly exitCode: number;
  /** What it left as its termination message; undefined where it left none. */
  readonly message: string | undefined;
  /** Both of its streams. */
  readonly log: string;
}

export interface Volumes {
  /** Of both init containers: the zip. */
  readonly work: string;
  readonly code: string;
  /** What both lie in. */
  readonly root: string;
  remove(): Promise<void>;
}

export async function volumes(): Promise<Volumes> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-pod-'));
  const at = { work: join(folder, 'work'), code: join(folder, 'code') };
  await mkdir(at.work);
  await mkdir(at.code);
  return { ...at, root: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs a script of the snippet to its end, with no variable of the user's. @param user as whom; root alone may say it */
export async function runScript(
  shell: Shell,
  script: 'fetch' | 'unpack' | 'start',
  { work, code }: Pick<Volumes, 'work' | 'code'>,
  env: Readonly<Record<string, string>> = {},
  words: readonly string[] = [],
  user?: number,
): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-container-'));
  const termination = join(folder, 'termination-log');
  const [program, ...first] = shell.command;
  if (user !== undefined) await chmod(folder, 0o777);
  try {
    const { exitCode, log } = await ended(
      program,
      [...first, join(SCRIPTS, `${script}.sh`), ...words],
      {
        PATH: shell.path,
        HOME: folder,
        SLIPWAY_WORK: work,
        SLIPWAY_CODE_DIR: code,
        SLIPWAY_TERMINATION_LOG: termination,
        ...env,
      },
      user,
    );
    return { exitCode, log, message: await readFile(termination, 'utf8').catch(() => undefined) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws where it could not be started at all. */
function ended(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  user: number | undefined,
): Promise<Pick<Ended, 'exitCode' | 'log'>> {
  return new Promise((done, failed) => {
    execFile(
      program,
      args,
      { env, maxBuffer: 8 * 1024 ** 2, ...(user !== undefined && { uid: user, gid: user }) },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : error.code;
        if (typeof exitCode === 'number') done({ exitCode, log: stdout + stderr });
        else failed(error);
      },
    );
  });
}
