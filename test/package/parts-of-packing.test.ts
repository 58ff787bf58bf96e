/** Small parts of packing by themselves: what is kept, what is thrown away, what is let go of. */
import { createHash } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { indexText, parseIndex } from '../../src/package/cache/index-text';
import { inOrder } from '../../src/package/pack/in-order';
import { ListsInProgress, slicesOf } from '../../src/package/pack/slices';
import { newPacker, requestFor, temporaryFolder, write } from './fixture';

test('an index that is damaged, or that another version wrote, is thrown away', () => {
  const text = indexText({ files: [] });
  expect(parseIndex(text)).toEqual({ files: [] });
  const signed = (body: string) => `${createHash('sha256').update(body).digest('hex')}\n${body}`;
  const { format, ...rest } = JSON.parse(text.slice(text.indexOf('\n') + 1)) as { readonly format: number };
  expect(parseIndex(signed(JSON.stringify({ format, ...rest })))).toEqual({ files: [] });
  expect(parseIndex(signed(JSON.stringify({ format: format + 1, ...rest })))).toBeUndefined();
  expect(parseIndex(signed(JSON.stringify(rest)))).toBeUndefined();
  expect(parseIndex(`${text} `)).toBeUndefined();
  expect(parseIndex('')).toBeUndefined();
});

test.each(['recipe', 'zlib'])('a zip made with another %s is not used again, and the files are', (what) => {
  const zip = { name: 'zip', size: 1, sha256: 's', digest: 'd', level: 3, entries: [] };
  const text = indexText({ files: [], zip });
  expect(parseIndex(text)).toEqual({ files: [], zip });
  const body = JSON.stringify({ ...JSON.parse(text.slice(text.indexOf('\n') + 1)), [what]: 'other' });
  const other = `${createHash('sha256').update(body).digest('hex')}\n${body}`;
  expect(parseIndex(other)).toEqual({ files: [] });
});

test('things are finished in order, and no more are begun than are allowed ahead', async () => {
  const log: string[] = [];
  let underWay = 0;
  let most = 0;
  await inOrder([30, 10, 20, 0], 2, async (ms) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, ms));
    return () => {
      underWay -= 1;
      log.push(`${ms}`);
    };
  });
  expect([log, most, underWay]).toEqual([['30', '10', '20', '0'], 3, 0]);
});

test('the first failure in their order ends it, after all that was begun is over', async () => {
  const over: number[] = [];
  const begun = inOrder([1, 2, 3], 2, async (number) => {
    if (number === 2) throw new Error('two');
    await new Promise((resolve) => setTimeout(resolve, 20));
    over.push(number);
    return () => undefined;
  });
  await expect(begun).rejects.toThrow('two');
  expect(over).toEqual([1, 3]);
});

test('long lists cross in slices and are whole again', () => {
  const item = (at: number) => ({ path: `${at}` }) as never;
  const lists = {
    entries: Array.from({ length: 2_001 }, (_, at) => item(at)),
    leftOut: [item(1)],
    secrets: [],
    loads: [item(2), item(3)],
  };
  const slices = slicesOf(lists);
  expect(slices.map((slice) => Object.values(slice).map((items) => items.length))).toEqual([
    [1_000],
    [1_000],
    [1],
    [1],
    [2],
  ]);
  const arrived = new ListsInProgress();
  for (const slice of slices) arrived.add(slice);
  expect({ ...arrived }).toEqual(lists);
});

test('a run that is over listens to its signal no more', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': 'a:1' });
  const stop = new AbortController();
  const packer = newPacker();
  await packer.scan(requestFor(root), stop.signal);
  await packer.pack(requestFor(root), undefined, stop.signal);
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});
