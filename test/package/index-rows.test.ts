/** What stands once in the index where a file and its entry in the zip say the same, and what does not. */
import { expect, test } from 'vitest';
import { indexText, parseIndex } from '../../src/package/cache/index-text';
import type { KnownEntry, KnownFile } from '../../src/package/cache/known-folder';

const FILE = { path: 'b.q', size: 3, executable: false, sha256: 's', crc32: 7 };
const knownFile = (path: string): KnownFile => ({
  stat: { size: 3, modifiedMs: 1, changedMs: 2, inode: 4, device: 5, executable: false },
  entry: { ...FILE, path },
  racy: false,
  secrets: [],
  loads: [],
});

/** The row of the only entry beside three files, as it stands in the index; it is read back besides. */
function rowOf(change: Partial<KnownEntry>): unknown {
  const entry: KnownEntry = { ...FILE, method: 8, compressedSize: 2, offset: 33, ...change };
  const zip = { name: 'zip', size: 1, sha256: 'z', digest: 'd', level: 6, entries: [entry] };
  const known = { files: ['a.q', 'b.q', 'c.q'].map(knownFile), zip };
  const text = indexText(known);
  expect(parseIndex(text)).toEqual(known);
  const body = text.slice(text.indexOf('\n') + 1);
  return (JSON.parse(body) as { readonly zip: { readonly entries: readonly unknown[] } }).zip.entries[0];
}

test('an entry of a file that is as it was is told by the place of that file', () => {
  expect(rowOf({})).toEqual([1, 8, 2, 33]);
  expect(rowOf({ method: 0, compressedSize: 3, offset: 0 })).toEqual([1, 0, 3, 0]);
});

test.each<[string, Partial<KnownEntry>]>([
  ['another path', { path: 'bb.q' }],
  ['a path behind all files', { path: 'z.q' }],
  ['another executable bit', { executable: true }],
  ['another size', { size: 4 }],
  ['another CRC', { crc32: 8 }],
  ['another SHA-256', { sha256: 't' }],
])('an entry with %s stands there by itself', (_, change) => {
  const { path, executable, crc32, size, sha256 } = { ...FILE, ...change };
  expect(rowOf(change)).toEqual([path, executable, crc32, size, sha256, 8, 2, 33]);
});
