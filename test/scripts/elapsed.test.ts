/** A long step of the installation says that it goes on, and how long it took. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellingElapsed } from '../../scripts/setup/elapsed.mjs';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const later = (ms: number): Promise<string> => new Promise((done) => setTimeout(done, ms, 'made'));

test('each half minute, and at its end', async () => {
  const said: string[] = [];
  const made = tellingElapsed('VS Code', () => later(75_000), { say: (line) => void said.push(line) });
  await vi.advanceTimersByTimeAsync(300_000);
  expect(await made).toBe('made');
  expect(said).toEqual([
    'setup: VS Code: still going on after 30 s',
    'setup: VS Code: still going on after 1 min 0 s',
    'setup: VS Code: done in 1 min 15 s',
  ]);
});

test('a step that fails is not called done, and says nothing afterwards', async () => {
  const said: string[] = [];
  const failing = tellingElapsed(
    'VS Code',
    () => later(1000).then(() => Promise.reject(new Error('no network'))),
    { say: (line) => void said.push(line) },
  );
  const ended = expect(failing).rejects.toThrow('no network');
  await vi.advanceTimersByTimeAsync(300_000);
  await ended;
  expect(said).toEqual([]);
});
