/** Where numbers stop to fit into the zip format's fields: one below, at the border, and one above it. */
import { describe, expect, test } from 'vitest';
import {
  type CentralEntry,
  centralDirectory,
  localHeaderLength,
  writeLocalHeader,
} from '../../src/package/zip/layout';
import { readZipDirectory } from '../../src/package/zip-directory';
import { readCentralHeader } from '../../src/package/zip-read/central-header';
import { Window } from '../../src/package/zip-read/window';
import { ALWAYS } from './fixture';

const MOST_32 = 0xffff_ffff;
const SLACK = 16 * 1024 * 1024;
const entry = (change: Partial<CentralEntry> = {}): CentralEntry => ({
  path: 'a.q',
  method: 8,
  crc32: 0x1234_5678,
  size: 10,
  compressedSize: 5,
  executable: false,
  offset: 0,
  ...change,
});

/** The only header of a directory, read back as if the zip were as large as it says. */
function readBack(one: CentralEntry) {
  const directory = centralDirectory([one], 0);
  const { entry: read } = readCentralHeader(new Window(directory, 0), 0, 0, Number.MAX_SAFE_INTEGER);
  return read && { size: read.size, compressedSize: read.compressedSize, offset: read.offset };
}

/** Ids and lengths of the extra field of the first header. */
function extraOf(directory: Buffer): readonly number[] {
  const [nameLength, extraLength] = [directory.readUInt16LE(28), directory.readUInt16LE(30)];
  const at = 46 + nameLength;
  return extraLength === 0 ? [] : [directory.readUInt16LE(at), directory.readUInt16LE(at + 2)];
}

describe.each(['size', 'compressedSize', 'offset'] as const)('the %s of a file', (field) => {
  test.each([
    [MOST_32 - 1, []],
    [MOST_32, [1, 8]],
    [MOST_32 + 1, [1, 8]],
    [2 ** 40, [1, 8]],
  ])('%d stands where it fits, and is read back', (value, extra) => {
    const one = entry({ [field]: value });
    expect(extraOf(centralDirectory([one], 0))).toEqual(extra);
    const { size, compressedSize, offset } = one;
    expect(readBack(one)).toEqual({ size, compressedSize, offset });
  });
});

test('several numbers that do not fit stand in their order', () => {
  const one = entry({ size: 2 ** 33, compressedSize: 2 ** 32, offset: 2 ** 34 });
  expect(extraOf(centralDirectory([one], 0))).toEqual([1, 24]);
  expect(readBack(one)).toEqual({ size: 2 ** 33, compressedSize: 2 ** 32, offset: 2 ** 34 });
});

describe('the header in front of the data', () => {
  test.each([
    [MOST_32 - SLACK - 1, 33, 20],
    [MOST_32 - SLACK, 53, 45],
    [MOST_32, 53, 45],
  ])('of a file of %d bytes takes %d bytes, and asks for version %d', (size, length, version) => {
    const one = entry({ size, compressedSize: 5 });
    const target = Buffer.alloc(100);
    expect(writeLocalHeader(target, 0, one)).toBe(length);
    expect(localHeaderLength(one)).toBe(length);
    expect(target.readUInt16LE(4)).toBe(version);
    const isWide = length > 33;
    expect([target.readUInt32LE(18), target.readUInt32LE(22)]).toEqual(
      isWide ? [MOST_32, MOST_32] : [5, size],
    );
    expect(target.readUInt16LE(28)).toBe(isWide ? 20 : 0);
    if (!isWide) return;
    expect([target.readUInt16LE(33), target.readUInt16LE(35)]).toEqual([1, 16]);
    expect([target.readBigUInt64LE(37), target.readBigUInt64LE(45)]).toEqual([BigInt(size), 5n]);
  });

  test('and its entry in the directory ask for the same version', () => {
    const huge = centralDirectory([entry({ size: MOST_32 - SLACK })], 0);
    expect([huge.readUInt16LE(6), extraOf(huge)]).toEqual([45, []]);
    expect(centralDirectory([entry({ size: MOST_32 - SLACK - 1 })], 0).readUInt16LE(6)).toBe(20);
    expect(centralDirectory([entry({ offset: MOST_32 })], 0).readUInt16LE(6)).toBe(45);
  });
});

describe('the end of the zip', () => {
  const END_64 = 0x0606_4b50;
  const has64 = (directory: Buffer): boolean =>
    directory.length >= 98 && directory.readUInt32LE(directory.length - 98) === END_64;

  test.each([
    [0xfffe, false],
    [0xffff, true],
    [0x1_0000, true],
  ])('with %d files says how many, with zip64: %s', async (count, wide) => {
    const entries = Array.from({ length: count }, (_, number) => entry({ path: `${number}` }));
    const directory = centralDirectory(entries, 0);
    expect(has64(directory)).toBe(wide);
    const end = directory.length - 22;
    expect(directory.readUInt16LE(end + 10)).toBe(Math.min(count, 0xffff));
    // Offsets of the entries lead nowhere here; the directory alone is read, at the place where it says that it is.
    const read = await readZipDirectory(
      {
        read: async (start, length) => {
          const from = start < 0 ? Math.max(0, directory.length + start) : start;
          return { bytes: directory.subarray(from, from + length), size: directory.length };
        },
      },
      ALWAYS,
    );
    expect(read.entries).toHaveLength(count);
  });

  test.each([
    [MOST_32 - 1, false],
    [MOST_32, true],
    [MOST_32 + 1, true],
  ])('behind a directory at %d is read, with zip64: %s', async (start, wide) => {
    const directory = centralDirectory([entry({ offset: 7, compressedSize: 5 })], start);
    expect(has64(directory)).toBe(wide);
    const size = start + directory.length;
    const read = await readZipDirectory(
      {
        read: async (from, length) => {
          const at = from < 0 ? Math.max(start, size + from) : from;
          return { bytes: directory.subarray(at - start, at - start + length), size };
        },
      },
      ALWAYS,
    );
    expect(read).toMatchObject({ size, entries: [{ path: 'a.q', offset: 7 }] });
  });
});
