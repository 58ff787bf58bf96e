/** Headers of a directory that no common tool writes so: what counts in them, and where something does not fit. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { readCentralHeader } from '../../src/package/zip-read/central-header';
import { Window } from '../../src/package/zip-read/window';
import { DOS, field, type Header, header, MACOS, MOST_32, UNIX, wide } from './zip-records';

const DOS_FOLDER = 0x10;

const read = (bytes: Buffer, prefix = 0, size = 1_000_000) =>
  readCentralHeader(new Window(bytes, 0), 0, prefix, size);

function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return failureOf(error);
  }
}

describe('a header of the directory', () => {
  test('ends behind its comment, which may be the last that there is', () => {
    const bytes = header({ name: 'lib/a.q', extra: field(7, Buffer.alloc(3)), comment: 'made by hand' });
    expect(read(bytes)).toMatchObject({ entry: { path: 'lib/a.q' }, end: bytes.length });
    for (const less of [1, 12, 13, bytes.length - 46, bytes.length - 45])
      expect(refusalOf(() => read(bytes.subarray(0, -less)))).toMatchObject({
        code: 'zip-damaged',
        facts: { what: 'directory' },
      });
  });

  test('may be as short as one without a name', () => {
    expect(read(header({ name: '' }))).toEqual({ entry: undefined, end: 46 });
  });

  test.each<[string, Header, boolean]>([
    ['a name that ends with a slash', { name: 'lib/', system: UNIX }, true],
    ['the bit of DOS', { system: DOS, attributes: DOS_FOLDER }, true],
    ['the bit of DOS, and a content', { system: DOS, attributes: DOS_FOLDER, size: 1 }, false],
    ['another bit of DOS', { system: DOS, attributes: 0x20 }, false],
    ['the bit of DOS on Unix', { system: UNIX, attributes: DOS_FOLDER }, false],
    ['the bit of DOS on macOS', { system: MACOS, attributes: DOS_FOLDER }, false],
  ])('with %s: a folder, %o: %s', (_, says, isFolder) => {
    expect(read(header(says)).entry === undefined).toBe(isFolder);
  });

  test.each([
    [UNIX, 0o100_755, true],
    [MACOS, 0o100_755, true],
    [UNIX, 0o100_655, false],
    [DOS, 0o100_755, false],
  ])('made on system %d with mode %o may be executed: %s', (system, mode, executable) => {
    expect(read(header({ system, attributes: (mode << 16) >>> 0 })).entry).toMatchObject({ executable });
  });

  test('of a content that ends with the zip is read, and of one byte more refused', () => {
    const bytes = header({ offset: 100, compressedSize: 50 });
    expect(read(bytes, 10, 160).entry).toMatchObject({ offset: 110, compressedSize: 50 });
    expect(refusalOf(() => read(bytes, 10, 159))).toMatchObject({
      code: 'zip-damaged',
      facts: { what: 'entry', path: 'a.q' },
    });
  });

  test.each<[string, Header, object]>([
    [
      'all three, behind another field',
      {
        size: MOST_32,
        compressedSize: MOST_32,
        offset: MOST_32,
        extra: Buffer.concat([field(9, wide(1)), field(1, wide(7, 8, 9))]),
      },
      { size: 7, compressedSize: 8, offset: 9 },
    ],
    [
      'those alone that do not fit',
      { size: 6, compressedSize: MOST_32, offset: 5, extra: field(1, wide(8)) },
      { size: 6, compressedSize: 8, offset: 5 },
    ],
    [
      'none, where the numbers fit',
      { size: 6, compressedSize: 4, offset: 5, extra: field(1, wide(8, 9)) },
      { size: 6, compressedSize: 4, offset: 5 },
    ],
    [
      'as many as are there',
      {
        size: MOST_32,
        compressedSize: 4,
        offset: MOST_32,
        extra: field(1, Buffer.concat([wide(7), Buffer.alloc(7)])),
      },
      { size: 7, compressedSize: 4, offset: MOST_32 },
    ],
    ['none, where the field is cut', { size: MOST_32, extra: field(1, wide(7), 9) }, { size: MOST_32 }],
    ['none, where the field has no end', { size: MOST_32, extra: Buffer.from([1, 0, 8]) }, { size: MOST_32 }],
    [
      'none, where another field has its name',
      { size: MOST_32, extra: field(2, wide(7)) },
      { size: MOST_32 },
    ],
  ])('has of its zip64 field %s', (_, says, expected) => {
    expect(read(header(says), 0, 2 ** 40).entry).toMatchObject(expected);
  });
});
