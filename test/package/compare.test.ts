/** A folder against a zip, from afar: what differs, and what it costs to know. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ManifestEntry, manifestOf } from '../../src/package/manifest';
import { centralDirectory } from '../../src/package/zip/layout';
import {
  compareWithManifest,
  directoryMatches,
  readZipDirectory,
  readZipEntry,
  type ZipDirectory,
} from '../../src/package/zip-directory';
import { ALWAYS, newPacker, qText, requestFor, temporaryFolder, write } from './fixture';
import { CountedSource } from './range-source';

const packer = newPacker();

test('added, changed, removed and unchanged files are told apart', async () => {
  const root = temporaryFolder();
  write(root, { 'same.q': 's', 'changed.q': 'old', 'removed.q': 'r' });
  const request = requestFor(root);
  const zip = new CountedSource(readFileSync((await packer.pack(request, undefined, ALWAYS)).file));
  const directory = await readZipDirectory(zip, ALWAYS);
  write(root, { 'changed.q': 'new', 'added.q': 'a' });
  const { manifest } = await packer.scan({ ...request, ignore: ['removed.q'] }, ALWAYS);
  const { added, changed, removed, same } = compareWithManifest(manifest, directory);
  expect(added.map(({ path }) => path)).toEqual(['added.q']);
  expect(changed.map(({ now, was }) => [now.path, was.path, now.size, was.size])).toEqual([
    ['changed.q', 'changed.q', 3, 3],
  ]);
  expect(removed.map(({ path }) => path)).toEqual(['removed.q']);
  expect(same.map(({ path }) => path)).toEqual(['same.q']);
  expect(Buffer.from(await readZipEntry(zip, changed[0]!.was, ALWAYS)).toString()).toBe('old');
});

const ENTRY: ManifestEntry = { path: 'a.q', size: 1, executable: false, sha256: '', crc32: 7 };
const THERE = {
  path: 'a.q',
  size: 1,
  compressedSize: 1,
  crc32: 7,
  method: 0,
  encrypted: false,
  executable: false,
  offset: 0,
};
const directoryOf = (...entries: ZipDirectory['entries']): ZipDirectory => ({ size: 100, entries });

test.each([
  ['the same', directoryOf(THERE), true],
  ['another size', directoryOf({ ...THERE, size: 2 }), false],
  ['another CRC', directoryOf({ ...THERE, crc32: 8 }), false],
  ['another executable bit', directoryOf({ ...THERE, executable: true }), false],
  ['another path', directoryOf({ ...THERE, path: 'b.q' }), false],
  ['an encrypted entry', directoryOf({ ...THERE, encrypted: true }), false],
  ['one more file', directoryOf(THERE, { ...THERE, path: 'b.q' }), false],
  ['nothing', directoryOf(), false],
  ['a name that stands twice', { ...directoryOf(THERE), duplicates: ['a.q'] }, false],
])('a zip with %s', (_, directory, matches) => {
  expect(directoryMatches(manifestOf([ENTRY]), directory)).toBe(matches);
});

test('the zip of a folder matches its manifest', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': 'a', 'lib/ü.q': qText(9_000), 'empty.q': '', '\uFEFFmarked.q': '' });
  const { file, manifest } = await packer.pack(requestFor(root), undefined, ALWAYS);
  const directory = await readZipDirectory(new CountedSource(readFileSync(file)), ALWAYS);
  expect(directoryMatches(manifest, directory)).toBe(true);
  expect(directory.entries.map(({ path }) => path)).toEqual(manifest.entries.map(({ path }) => path));
});

test('of a zip of 10,000 files and 300 MB less than 3 MB are fetched, and of a file that file alone', async () => {
  const content = Buffer.from(qText(30_000));
  // Only what is read must be there: the contents before the directory are a hole in the file.
  const entries = Array.from(
    { length: 10_000 },
    (_, at) =>
      ({
        path: `area${at % 17}/module${at % 211}/a-name-of-common-length-${at}.q`,
        size: content.length,
        compressedSize: content.length,
        offset: at * (content.length + 100),
        method: 0,
        crc32: at,
        executable: false,
      }) as const,
  );
  const start = entries.length * (content.length + 100);
  const directory = centralDirectory(entries, start);
  const reads: number[] = [];
  const source: Parameters<typeof readZipDirectory>[0] = {
    read: async (from, length) => {
      const size = start + directory.length;
      const position = from < 0 ? size + from : from;
      expect(position).toBeGreaterThanOrEqual(start - 64 * 1024);
      const bytes = Buffer.alloc(Math.min(length, size - position));
      directory.copy(bytes, Math.max(0, start - position), Math.max(0, position - start));
      reads.push(bytes.length);
      return { bytes, size };
    },
  };
  expect((await readZipDirectory(source, ALWAYS)).entries).toHaveLength(10_000);
  expect(reads).toHaveLength(2);
  expect(reads.reduce((sum, length) => sum + length)).toBeLessThan(3_000_000);
});

test('a single file is fetched with its own bytes and little more', async () => {
  const root = temporaryFolder();
  write(root, Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}.q`, qText(40_000, at + 1)])));
  writeFileSync(join(root, 'wanted.q'), qText(3_000));
  const { file } = await packer.pack(requestFor(root), undefined, ALWAYS);
  const zip = new CountedSource(readFileSync(file));
  const { entries } = await readZipDirectory(zip, ALWAYS);
  const wanted = entries.find(({ path }) => path === 'wanted.q')!;
  const before = zip.bytesRead;
  expect(Buffer.from(await readZipEntry(zip, wanted, ALWAYS)).toString()).toBe(qText(3_000));
  expect(zip.bytesRead - before).toBeLessThan(wanted.compressedSize + 200);
});
