/** Real processes, really killed: what they have said to have written is there, and what they held is free. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/model/clock';
import { createLease } from '../../src/operations/lease';
import { type Ledger, openLedger } from '../../src/operations/ledger';
import { resume } from '../../src/operations/resume';
import { forever } from './data';
import { buildFolder, temporaryFolder } from './given';

let program: string;

beforeAll(async () => {
  program = join(buildFolder(), 'child.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
  });
});

interface Child {
  readonly process: ChildProcess;
  readonly words: readonly string[];
  /** Resolves when it has said the word. */
  said(word: string): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  readonly exit: Promise<number | null>;
}

function start(...args: string[]): Child {
  const process_ = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = new Promise<number | null>((resolve) => process_.once('exit', resolve));
  onTestFinished(async () => {
    process_.kill('SIGKILL');
    await exit;
  });
  const words: string[] = [];
  const waiting = new Map<string, () => void>();
  createInterface({ input: process_.stdout }).on('line', (word) => {
    words.push(word);
    waiting.get(word)?.();
  });
  return {
    process: process_,
    words,
    exit,
    said: (word) =>
      new Promise((resolve, reject) => {
        if (words.includes(word)) return resolve();
        waiting.set(word, resolve);
        void exit.then(() => reject(new Error(`ended without saying ${word}`)));
      }),
    kill: async () => {
      process_.kill('SIGKILL');
      await exit;
    },
  };
}

async function survivor(folder: string): Promise<Ledger> {
  const ledger = await openLedger({ folder, clock: systemClock });
  onTestFinished(() => ledger.dispose());
  return ledger;
}

describe('a deployment that is killed', () => {
  test.each([
    ['planned', { state: 'cancelled', outcome: { facts: { reason: 'interrupted' } } }],
    ['step', { state: 'cancelled', steps: [{ name: 'put' }] }],
    ['sending', { state: 'watching', request: { token: 'token-1' } }],
    ['accepted', { state: 'watching', requestIds: ['req-1'] }],
    ['ended', { state: 'succeeded' }],
  ])('after %s', async (word, expected) => {
    const folder = temporaryFolder();
    const child = start('deploy', folder, word);
    await child.said(word);

    const ledger = await survivor(folder);
    const before = ledger.operations();
    await resume({ ledger, signal: forever });
    // As long as it lives, nobody meddles.
    expect(ledger.operations()).toEqual(before);

    await child.kill();
    const abandoned: string[] = [];
    await resume({
      ledger,
      signal: forever,
      abandoned: async ({ id }) => {
        abandoned.push(id);
      },
    });
    expect(ledger.operations()).toMatchObject([expected]);
    expect(abandoned).toHaveLength(expected.state === 'cancelled' ? 1 : 0);
    expect(ledger.problems).toEqual([]);
  });
});

test('killed while it writes as fast as it can: all that it said is there, and at most one event more', async () => {
  for (const count of [1, 7, 20, 50, 90]) {
    const folder = temporaryFolder();
    const child = start('write', folder);
    await child.said(String(count));
    await child.kill();
    const ledger = await survivor(folder);
    const steps = ledger.operations()[0]?.steps.map(({ name }) => name) ?? [];
    expect(steps.slice(0, child.words.length)).toEqual(child.words);
    expect(steps.length - child.words.length).toBeLessThanOrEqual(1);
  }
});

test.skipIf(process.platform !== 'linux')(
  'a killed process that nobody has buried is gone all the same',
  async () => {
    const folder = temporaryFolder();
    // The shell becomes a sleep that never asks what has become of its children.
    const script = '"$0" "$1" deploy "$2" sending & echo "$!"; exec sleep 1000';
    const parent = spawn('/bin/sh', ['-c', script, process.execPath, program, folder]);
    onTestFinished(() => void parent.kill('SIGKILL'));
    const words = createInterface({ input: parent.stdout });
    const [pid = '', said] = await new Promise<string[]>((resolve) => {
      const lines: string[] = [];
      words.on('line', (line) => {
        lines.push(line);
        if (line === 'sending') resolve([lines.find((word) => /^\d+$/.test(word)) ?? '', line]);
      });
    });
    expect(said).toBe('sending');
    process.kill(Number(pid), 'SIGKILL');
    while (!readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) {
      await systemClock.sleep(10, forever);
    }
    const ledger = await survivor(folder);
    await resume({ ledger, signal: forever });
    expect(ledger.operations()).toMatchObject([{ state: 'watching' }]);
  },
);

describe('the lease', () => {
  test('of a killed process is free at once', async () => {
    const folder = temporaryFolder();
    const first = start('hold', folder, 'holding');
    await first.said('holding');
    const second = start('hold', folder, 'holding');
    const own = createLease(folder, 'own', systemClock);
    expect(await own.hold()).toBe(false);
    expect(second.words).toEqual([]);
    await first.kill();
    await second.said('holding');
    expect(await own.hold()).toBe(false);
  });

  test('is held by one of several processes that all want it', async () => {
    const folder = temporaryFolder();
    const children = [1, 2, 3].map(() => start('compete', folder));
    expect(await Promise.all(children.map(({ exit }) => exit))).toEqual([0, 0, 0]);
    expect(children.map(({ words }) => words)).toEqual([['done'], ['done'], ['done']]);
  });
});
