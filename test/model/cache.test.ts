/** Values are kept as long as they are to be, and no longer. */
import { expect, test } from 'vitest';
import { atFirstUse, getOrMake, LeastRecentlyUsed, loadOnce, TtlCache } from '../../src/model/cache';
import { VirtualClock } from '../virtual-clock';

test('the few values that were used last are kept, and the one unused for longest goes', () => {
  const values = new LeastRecentlyUsed<string>(2);
  const made: string[] = [];
  const use = (key: string): string =>
    getOrMake(values, key, () => {
      made.push(key);
      return key.toUpperCase();
    });
  expect(['a', 'b', 'a', 'c', 'a'].map(use)).toEqual(['A', 'B', 'A', 'C', 'A']);
  expect(made).toEqual(['a', 'b', 'c']);
  use('b');
  use('c');
  expect(made).toEqual(['a', 'b', 'c', 'b', 'c']);
  expect(values.get('a')).toBeUndefined();
});

test('a value is kept for its time', () => {
  const clock = new VirtualClock();
  const values = new TtlCache<string>(clock, 100);
  values.set('a', 'A');
  clock.jump(99);
  expect(values.get('a')).toBe('A');
  values.set('b', 'B');
  clock.jump(1);
  expect([values.get('a'), values.get('b')]).toEqual([undefined, 'B']);
  values.set('a', 'again');
  values.delete('b');
  expect([values.get('a'), values.get('b')]).toEqual(['again', undefined]);
  values.clear();
  expect(values.get('a')).toBeUndefined();
});

test('a value is made at its first use, and once, even where it is undefined', () => {
  let made = 0;
  const value = atFirstUse(() => {
    made += 1;
    return undefined;
  });
  expect(made).toBe(0);
  expect([value(), value()]).toEqual([undefined, undefined]);
  expect(made).toBe(1);
});

test('what is loaded is loaded once for all callers, and again after a failure', async () => {
  let loads = 0;
  const load = loadOnce(async () => {
    loads += 1;
    if (loads === 1) throw new Error('failed');
    return loads;
  });
  expect(load.begun()).toBeUndefined();
  const both = await Promise.allSettled([load(), load()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(load.begun()).toBeUndefined();
  expect(await Promise.all([load(), load()])).toEqual([2, 2]);
  expect(await load.begun()).toBe(2);
});
