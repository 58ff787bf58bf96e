/** Work that comes all at once is done in its order, a few milliseconds at a time. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns, Turnstile } from '../../src/model/turns';

function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('what has no time left in this turn is done in others, which others have, too', async () => {
  const turns = new Turns();
  const done: (number | 'others')[] = [];
  const work = (number: number) => (): number => {
    // Longer than a turn.
    busy(5);
    done.push(number);
    return number;
  };
  const first = turns.run(work(1));
  expect(first).toBe(1);
  const all = [2, 3, 4, 5, 6].map((number) => turns.run(work(number)));
  expect(done).toEqual([1]);
  for (let turn = 0; turn < 6; turn += 1) {
    await nextTurn();
    done.push('others');
  }
  expect(await Promise.all(all)).toEqual([2, 3, 4, 5, 6]);
  expect(done.filter((one) => one !== 'others')).toEqual([1, 2, 3, 4, 5, 6]);
  expect(done.join(' ')).not.toMatch(/[2-6] [2-6]/);
});

test('what work throws is its own, and the next turn goes on', async () => {
  const turns = new Turns();
  turns.run(() => busy(5));
  const failing = turns.run((): number => {
    throw new Error('row');
  });
  const next = turns.run(() => 'next');
  await expect(failing).rejects.toThrow('row');
  expect(await next).toBe('next');
});

test('a turnstile lets a few through in each turn, in the order in which they came', async () => {
  const turnstile = new Turnstile(2);
  const through: number[] = [];
  for (const number of [1, 2, 3, 4, 5]) void turnstile.pass().then(() => through.push(number));
  const seen = [];
  for (let turn = 0; turn < 3; turn += 1) {
    await Promise.resolve();
    seen.push([...through]);
    await nextTurn();
  }
  expect(seen).toEqual([
    [1, 2],
    [1, 2, 3, 4],
    [1, 2, 3, 4, 5],
  ]);
});
