/** Builds and starts the processes that tests kill. */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { esbuildOptions, PROGRAMS } from '../../scripts/build/programs.mjs';
import type { Said, Task } from './task';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Program {
  start(task: Task): Child;
  remove(): void;
}

export interface Child {
  readonly pid: number;
  readonly said: readonly Said[];
  /** Resolves when it has said the word of the operation in that ledger; rejects when it ends without. */
  says(folder: string, word: string): Promise<void>;
  /** SIGKILL by its process id; resolves when it is gone. */
  kill(): Promise<void>;
  readonly exit: Promise<number | null>;
}

/** Bundled like the extension's own entry to AWS, so that a start takes as long as one of a window. */
export async function buildChild(): Promise<Program> {
  const folder = join(ROOT, `out/test/resume-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const aws = PROGRAMS.find(({ name }) => name === 'aws');
  if (!aws) throw new Error('the build has no entry for AWS');
  const source = join(import.meta.dirname, 'child.ts');
  await build({
    ...esbuildOptions({ ...aws, source }, ROOT, true),
    outdir: folder,
    target: 'node20',
    sourcemap: false,
    write: true,
  });
  return {
    start: (task) => start(join(folder, 'child.mjs'), task),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const keyOf = (folder: string, word: string): string => JSON.stringify([folder, word]);

function start(program: string, task: Task): Child {
  const child = spawn(process.execPath, [program, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the process did not start');
  const exit = new Promise<number | null>((done) => child.once('close', done));
  const said: Said[] = [];
  const waiting = new Map<string, () => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const value = JSON.parse(line) as Said;
    said.push(value);
    if (value.word !== undefined) waiting.get(keyOf(value.folder, value.word))?.();
  });
  return {
    pid,
    said,
    exit,
    says: (folder, word) =>
      new Promise((done, fail) => {
        if (said.some((one) => one.folder === folder && one.word === word)) return done();
        waiting.set(keyOf(folder, word), done);
        void exit.then((code) =>
          fail(new Error(`ended (${code}) before "${word}" of ${folder}: ${JSON.stringify(said)}`)),
        );
      }),
    kill: async () => {
      process.kill(pid, 'SIGKILL');
      await exit;
    },
  };
}
