/** Two installations at once, such as `npm start` beside `npm test`, take turns. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { alone } from '../../scripts/setup/alone.mjs';

const signal = new AbortController().signal;

function givenLock(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'out/setup.lock');
}

test('what another process holds is waited for, told once, and given back', async () => {
  const lock = givenLock();
  const events: string[] = [];
  let end = (): void => undefined;
  const first = alone(lock, () => new Promise<void>((resolve) => (end = resolve)), { signal });
  const second = alone(lock, async () => events.push('second'), {
    signal,
    waiting: (holder) => {
      events.push(`waits for ${holder === process.pid ? 'the first' : holder}`);
      end();
    },
  });
  await first;
  await second;
  expect(events).toEqual(['waits for the first', 'second']);
  expect(existsSync(lock)).toBe(false);
});

test('a process that ended with it holds nothing', async () => {
  const lock = givenLock();
  await alone(lock, async () => undefined, { signal });
  const { pid } = spawnSync(process.execPath, ['--eval', '']);
  writeFileSync(lock, String(pid));
  expect(await alone(lock, async () => 'done', { signal })).toBe('done');
});

test('a failure gives it back, and an end of the whole ends the waiting', async () => {
  const lock = givenLock();
  const work = async (): Promise<void> => {
    throw new Error('no network');
  };
  await expect(alone(lock, work, { signal })).rejects.toThrow('no network');
  expect(existsSync(lock)).toBe(false);
  writeFileSync(lock, String(process.pid));
  const ended = new AbortController();
  const waiting = alone(lock, async () => 'done', { signal: ended.signal, waiting: () => ended.abort() });
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
