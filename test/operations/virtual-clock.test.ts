/** The clock that other tests rely on: order, cancelling, and waiting for file work. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VirtualClock } from '../virtual-clock';

const forever = new AbortController().signal;

test('sleepers wake at their time, in the order of their times', async () => {
  const clock = new VirtualClock(0);
  const woken: string[] = [];
  const nap = async (name: string, ms: number): Promise<void> => {
    await clock.sleep(ms, forever);
    woken.push(`${name}@${clock.now()}`);
  };
  void nap('late', 300);
  void nap('early', 100).then(() => nap('again', 100));
  await clock.advance(250);
  expect(woken).toEqual(['early@100', 'again@200']);
  expect(clock.now()).toBe(250);
  await clock.advance(50);
  expect(woken.at(-1)).toBe('late@300');
});

test('an aborted sleep rejects with the reason of the signal', async () => {
  const clock = new VirtualClock(0);
  const stop = new AbortController();
  const nap = clock.sleep(100, stop.signal);
  stop.abort();
  await expect(nap).rejects.toMatchObject({ name: 'AbortError' });
  await expect(clock.sleep(1, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
});

test('time stands still while files are written', async () => {
  const clock = new VirtualClock(0);
  const folder = await mkdtemp(join(tmpdir(), 'slipway-clock-'));
  const seen: number[] = [];
  const work = async (): Promise<void> => {
    await clock.sleep(10, forever);
    for (let i = 0; i < 20; i++) {
      await writeFile(join(folder, 'file'), String(i));
      await readFile(join(folder, 'file'));
    }
    seen.push(clock.now());
  };
  void work();
  void clock.sleep(20, forever);
  await clock.advance(100);
  expect(seen).toEqual([10]);
  await rm(folder, { recursive: true });
});
