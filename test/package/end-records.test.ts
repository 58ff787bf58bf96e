/** Ends of zips that no common tool writes so: which record counts, and where it contradicts the rest. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { readZipDirectory } from '../../src/package/zip-directory';
import { ALWAYS } from './fixture';
import { CountedSource } from './range-source';
import { type End, endRecord, endRecord64, header, locator, MOST_32 } from './zip-records';

const damaged = (what: string) => ({ code: 'zip-damaged', facts: { what } });

/** The paths in a zip, or the refusal of it. */
async function pathsIn(...parts: readonly Buffer[]): Promise<unknown> {
  return readZipDirectory(new CountedSource(Buffer.concat(parts)), ALWAYS).then(
    ({ entries }) => entries.map(({ path }) => path),
    failureOf,
  );
}

const ONE = header();
const DIRECTORY = { count: 1, length: ONE.length };
/** Says that the record of 64 bits counts. */
const LARGE: End = { count: 0xffff, length: MOST_32, start: MOST_32 };

describe('the end of a zip', () => {
  test('is the directory and its record, and nothing else need be there', async () => {
    expect(await pathsIn(endRecord({}))).toEqual([]);
    expect(await pathsIn(ONE, endRecord(DIRECTORY))).toEqual(['a.q']);
  });

  test.each([
    ['says one file more', { ...DIRECTORY, count: 2 }, 'directory'],
    ['says one byte more of a directory', { ...DIRECTORY, length: ONE.length + 1 }, 'end'],
    ['says that the directory stands behind its place', { ...DIRECTORY, start: 1 }, 'end'],
  ])('that %s is damaged', async (_, end, what) => {
    expect(await pathsIn(ONE, endRecord(end))).toMatchObject(damaged(what));
  });

  test.each([[[1, 0]], [[0, 1]]] as const)('on disks %j is one of several', async (disks) => {
    const unsupported = { code: 'zip-unsupported', facts: { what: 'several-disks' } };
    expect(await pathsIn(ONE, endRecord({ ...DIRECTORY, disks }))).toMatchObject(unsupported);
    const wideEnd = endRecord64({ ...DIRECTORY, disks });
    expect(await pathsIn(ONE, wideEnd, locator(ONE.length), endRecord(LARGE))).toMatchObject(unsupported);
  });

  test('in a comment is none, and neither is one with something behind it, where another fits', async () => {
    const inside = endRecord({ count: 9 });
    expect(
      await pathsIn(ONE, endRecord({ ...DIRECTORY, comment: Buffer.concat([inside, Buffer.from('!')]) })),
    ).toEqual(['a.q']);
  });

  test('may have something behind it, but its comment may not be cut', async () => {
    expect(await pathsIn(ONE, endRecord(DIRECTORY), Buffer.from('behind'))).toEqual(['a.q']);
    const cut = endRecord({ ...DIRECTORY, comment: Buffer.from('comment') }).subarray(0, -1);
    expect(await pathsIn(ONE, cut)).toMatchObject(damaged('end'));
  });

  test.each([
    ['count', { ...DIRECTORY, count: 0xffff }],
    ['length', { ...DIRECTORY, length: MOST_32 }],
    ['start', { ...DIRECTORY, start: MOST_32 }],
    ['disk', { ...DIRECTORY, disks: [0xffff, 0] as const }],
  ])('is the record of 64 bits where the %s does not fit into the other', async (_, end) => {
    const parts = [ONE, endRecord64(DIRECTORY), locator(ONE.length), endRecord(end)];
    expect(await pathsIn(...parts)).toEqual(['a.q']);
    const none = [ONE, Buffer.alloc(76), endRecord(end)];
    expect(await pathsIn(...none)).toMatchObject({ kind: 'refused' });
  });

  test('of 64 bits is found where its locator says, with data of its maker between', async () => {
    const between = (length: number) => [
      ONE,
      endRecord64(DIRECTORY),
      Buffer.alloc(length),
      locator(ONE.length),
      endRecord(LARGE),
    ];
    expect(await pathsIn(...between(1))).toEqual(['a.q']);
    expect(await pathsIn(...between(100_000))).toEqual(['a.q']);
    // Counted from the locator to the record.
    const most = 1024 * 1024;
    expect(await pathsIn(...between(most - 56))).toEqual(['a.q']);
    expect(await pathsIn(...between(most - 55))).toMatchObject(damaged('end'));
  });

  test.each([
    ['is not where its locator says', ONE.length - 1, 1, damaged('end')],
    ['is said to stand behind its locator', ONE.length + 57, 1, damaged('end')],
    ['is on another disk', ONE.length, 2, { code: 'zip-unsupported', facts: { what: 'several-disks' } }],
  ])('of 64 bits that %s is refused', async (_, at, disks, refusal) => {
    const record = endRecord64(DIRECTORY);
    const parts = [ONE, record, Buffer.alloc(1), locator(at, disks), endRecord(LARGE)];
    expect(await pathsIn(...parts)).toMatchObject(refusal);
  });

  test('of 64 bits counts headers exactly, the other their lowest 16 bits', async () => {
    const one = { ...DIRECTORY, count: 0x1_0001 };
    const parts = [ONE, endRecord64(one), locator(ONE.length), endRecord(LARGE)];
    expect(await pathsIn(...parts)).toMatchObject(damaged('directory'));
  });
});
