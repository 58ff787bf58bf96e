/** The small rules that the bytes of a zip rest on. */

import { crc32 } from 'node:zlib';
import { array, assert, constantFrom, property, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { compareUtf8 } from '../../src/package/utf8-order';
import { combineCrc32 } from '../../src/package/zip/crc';
import { centralDirectory, localHeaderLength, writeLocalHeader } from '../../src/package/zip/layout';
import { readZipDirectory } from '../../src/package/zip-directory';
import { ALWAYS, CASES } from './fixture';

test('paths are ordered as their bytes in UTF-8 are', () => {
  // Around the surrogates, where the order of UTF-16 is another one.
  const text = string({
    unit: constantFrom('a', '/', '.', '\u007f', 'é', '\ud7ff', '\ue000', '\uffff', '𝄞', '\u{10ffff}'),
    maxLength: 6,
  });
  assert(
    property(text, text, (a, b) => {
      const byBytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareUtf8(a, b))).toBe(byBytes);
    }),
    CASES,
  );
});

test('the CRC of a whole follows from those of its parts', () => {
  assert(
    property(array(uint8Array({ maxLength: 300 }), { maxLength: 5 }), (parts) => {
      const combined = parts.reduce((crc, part) => combineCrc32(crc, crc32(part), part.length), 0);
      expect(combined).toBe(crc32(Buffer.concat(parts)));
    }),
    CASES,
  );
});

/** The far end of a zip that nobody has the disk for: only its directory is there. */
function farEnd(directory: Buffer, start: number): Parameters<typeof readZipDirectory>[0] {
  const size = start + directory.length;
  return {
    read: async (from, length) => {
      const position = from < 0 ? Math.max(start, size + from) : from;
      return { bytes: new Uint8Array(directory.subarray(position - start, position - start + length)), size };
    },
  };
}

test('sizes, offsets and counts beyond 32 bits are written in 64, and read back', async () => {
  const most = 2 ** 45;
  const entries = [
    { path: 'a', size: 0xffff_fffe, compressedSize: 0xffff_fffe, offset: 0 },
    { path: 'b', size: 0xffff_ffff, compressedSize: 5, offset: 0xffff_fffe },
    { path: 'c', size: 2 ** 40, compressedSize: 2 ** 40 - 1, offset: 0xffff_ffff },
    { path: 'd', size: 7, compressedSize: 7, offset: 2 ** 41 },
  ].map((entry) => ({ ...entry, method: 8, crc32: 1, executable: false }) as const);
  const { entries: read } = await readZipDirectory(farEnd(centralDirectory(entries, most), most), ALWAYS);
  expect(read).toEqual(entries.map((entry) => ({ ...entry, encrypted: false })));
});

test('more than 65,535 entries are counted in 64 bits', async () => {
  const same = { size: 1, compressedSize: 1, method: 0 } as const;
  const entries = Array.from({ length: 70_000 }, (_, at) => ({
    ...same,
    path: `${at}.q`,
    offset: at,
    crc32: at,
    executable: at % 2 === 0,
  }));
  const { entries: read } = await readZipDirectory(farEnd(centralDirectory(entries, 70_001), 70_001), ALWAYS);
  expect(read).toHaveLength(70_000);
  expect(read[69_999]).toEqual({ ...entries[69_999], encrypted: false });
});

test('a local header is as long as was said, also where it carries 64-bit sizes', () => {
  for (const size of [0, 1, 0xffff_ffff - 17 * 2 ** 20, 0xffff_ffff - 1, 2 ** 40]) {
    const header = { path: 'Kürzel.q', method: 8, crc32: 1, size, compressedSize: size } as const;
    const bytes = Buffer.alloc(200);
    expect(writeLocalHeader(bytes, 0, header)).toBe(localHeaderLength(header));
    expect(30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28)).toBe(localHeaderLength(header));
  }
});
