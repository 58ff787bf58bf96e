/** Further small parts of packing by themselves: how items are found, how a run is given up, what of an answer is told. */
import { Worker } from 'node:worker_threads';
import { array, assert, integer, property, uniqueArray } from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { ByPath } from '../../src/package/by-path';
import { type ManifestEntry, manifestOf } from '../../src/package/manifest';
import { cancelFlag, pause, raise, throwIfRaised } from '../../src/package/pack/cancel';
import { applyDelta } from '../../src/package/pack/manifest-delta';
import { pairsOf } from '../../src/package/pack/pairs';
import type { RunOrder } from '../../src/package/pack/protocol';
import { Answers } from '../../src/package/pack/run-results';
import { CASES } from './fixture';

test('an item is found by its path in whatever order it is asked for, and what is not there is not', () => {
  const number = integer({ min: 0, max: 40 });
  const pathOf = (at: number): string => `${at}`.padStart(2, '0');
  assert(
    property(uniqueArray(number), array(number), (there, asked) => {
      const items = there.map(pathOf).toSorted();
      const byPath = new ByPath(items, (item) => item);
      for (const path of [...items, ...asked.map(pathOf)]) {
        const at = items.indexOf(path);
        expect([byPath.placeOf(path), byPath.find(path)]).toEqual(
          at === -1 ? [undefined, undefined] : [at, path],
        );
      }
    }),
    CASES,
  );
});

test('a thread that pauses is woken when its run is given up', async () => {
  const flag = cancelFlag();
  const program = `const { parentPort, workerData } = require('node:worker_threads');
    parentPort.postMessage('pauses');
    parentPort.postMessage(Atomics.wait(workerData, 0, 0, 50_000));`;
  const worker = new Worker(program, { eval: true, workerData: flag });
  onTestFinished(async () => {
    await worker.terminate();
  });
  const said: string[] = [];
  worker.on('message', (word: string) => said.push(word));
  await expect.poll(() => said).toEqual(['pauses']);
  // It may only just be about to pause, and then sees the flag by itself.
  await new Promise((resolve) => setTimeout(resolve, 200));
  raise(flag);
  await expect.poll(() => said).toEqual(['pauses', 'ok']);
});

test('a pause lasts as long as was asked, unless the run is given up', () => {
  const flag = cancelFlag();
  const began = performance.now();
  pause(flag, 40);
  // Timers are told in whole milliseconds.
  expect(performance.now() - began).toBeGreaterThan(38);
  throwIfRaised(flag);
  raise(flag);
  const cancelled = expect.objectContaining({ failure: { kind: 'cancelled' } });
  expect(() => pause(flag, 50_000)).toThrow(cancelled);
  expect(() => throwIfRaised(flag)).toThrow(cancelled);
});

test.each([
  [[1, 2], ['a', 'b'], true],
  [[1, 2], ['a'], false],
  [[1], ['a', 'b'], false],
  [[], [], true],
])('%j and %j are pairs: %s', (these, those, arePairs) => {
  const pairs = () => [...pairsOf<number, string>(these, those)];
  if (arePairs) expect(pairs()).toEqual(these.map((one, at) => [one, those[at]]));
  else expect(pairs).toThrow(`${these.length} files, but ${those.length} results`);
});

const entriesOf = (count: number): readonly ManifestEntry[] =>
  Array.from({ length: count }, (_, at) => ({
    path: `${at}`,
    size: 1,
    executable: false,
    sha256: `${at}`,
    crc32: at,
  }));

/** A run's order by a side that holds a manifest of that digest. */
const holding = (held: string | undefined): RunOrder => ({ held }) as RunOrder;

test('only what has changed is told to who holds what was told last, unless that is more than a quarter', () => {
  const before = entriesOf(8);
  const change = (count: number): readonly ManifestEntry[] =>
    before.map((entry, at) => (at < count ? { ...entry, size: 2, sha256: 'new' } : entry));
  const lists = { leftOut: [{ path: 'x', source: 'target', rule: 'x' } as const], secrets: [], loads: [] };
  const first = manifestOf(before);
  for (const [held, changed, told] of [
    [first.digest, 0, 0],
    [first.digest, 2, 2],
    [first.digest, 3, 8],
    ['another', 2, 8],
    [undefined, 2, 8],
  ] as const) {
    const answers = new Answers();
    const { head: all, lists: whole } = answers.to(holding(undefined), { manifest: first, lists });
    expect([all.splices, whole.entries]).toEqual([undefined, before]);
    const now = changed === 0 ? first : manifestOf(change(changed));
    const answer = answers.to(holding(held), { manifest: now, lists });
    expect(answer.head.manifest).toEqual({ digest: now.digest, bytes: now.bytes });
    expect(answer.lists).toEqual({ ...lists, entries: answer.lists.entries });
    expect(answer.lists.entries).toHaveLength(told);
    const { splices } = answer.head;
    expect(splices === undefined).toBe(told === 8);
    if (splices !== undefined)
      expect(applyDelta(before, { splices, entries: answer.lists.entries })).toEqual(now.entries);
  }
});
