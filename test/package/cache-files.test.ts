/** Files of the cache by themselves: whose they are, which of them go, and what takes the place of a link. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FolderStore } from '../../src/package/cache/folder-store';
import { holdZip } from '../../src/package/cache/held-zip';
import { isRacy, type KnownZip } from '../../src/package/cache/known-folder';
import { belongsToOther, isOwn, ownerName } from '../../src/package/cache/ownership';
import { openFolderStore } from '../../src/package/cache/pack-cache';
import { asNobody, temporaryFolder, write } from './fixture';

const OWN = ownerName(process.pid, '0a');

test.each([
  ['its own', `zip.${OWN}.1b.partial`, false],
  ['of another packer in this process', `zip.${ownerName(process.pid, 'other')}.1b.partial`, true],
  ['of a process that runs', `zip.${ownerName(process.ppid, '0a')}.1b.partial`, true],
  ['of no process, since none has such an id', `zip.${ownerName(0, '0a')}.1b.partial`, false],
  ['of something that is no id', 'zip.one-0a.1b.partial', false],
  ['of nobody', 'index', false],
])('a file %s may be another one’s: %s', (_, name, isOther) => {
  expect(belongsToOther(name, OWN)).toBe(isOther);
  expect(isOwn(name, OWN)).toBe(name.includes(OWN));
});

/** Under names of their own, the first one used first. */
function foldersIn(cacheFolder: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => {
    const folder = join(cacheFolder, `folder${at}`);
    write(folder, { 'index.json': '' });
    utimesSync(folder, 1_000 + at, 1_000 + at);
    return folder;
  });
}

test('eight caches are kept with the one that is asked for, and those used last among them', () => {
  const cacheFolder = temporaryFolder();
  const folders = foldersIn(cacheFolder, 10);
  writeFileSync(join(cacheFolder, 'no folder'), '');
  const { folder } = openFolderStore(cacheFolder, '/code', OWN);
  expect(folders.filter((one) => existsSync(one))).toEqual(folders.slice(3));
  expect(readdirSync(cacheFolder)).toHaveLength(9);
  expect(existsSync(folder)).toBe(true);
  // Asked for again it is one of the eight, however long it was not used.
  utimesSync(folder, 1, 1);
  openFolderStore(cacheFolder, '/code', OWN);
  expect(folders.filter((one) => existsSync(one))).toEqual(folders.slice(3));
  expect(existsSync(folder)).toBe(true);
});

test('a cache stays while another packer that runs has a file in it', () => {
  const cacheFolder = temporaryFolder();
  const [first, second, ...others] = foldersIn(cacheFolder, 10);
  write(first!, { [`0123.${ownerName(process.ppid, '0a')}.1b.zip`]: '' });
  write(second!, { [`0123.${OWN}.1b.zip`]: '' });
  for (const [at, folder] of [first!, second!].entries()) utimesSync(folder, at, at);
  openFolderStore(cacheFolder, '/code', OWN);
  expect([first!, second!, ...others].filter((one) => existsSync(one))).toEqual([first, ...others.slice(1)]);
});

test('an old cache that cannot be read stays, and refuses no other one', async () => {
  const cacheFolder = temporaryFolder();
  const [closed, second, ...others] = foldersIn(cacheFolder, 10);
  chmodSync(closed!, 0);
  onTestFinished(() => chmodSync(closed!, 0o700));
  const { folder } = await asNobody([cacheFolder], async () => openFolderStore(cacheFolder, '/code', OWN));
  expect(existsSync(folder)).toBe(true);
  const left = [closed!, second!, ...others].filter((one) => existsSync(one));
  expect(left).toEqual(process.platform === 'win32' ? others.slice(1) : [closed, ...others.slice(1)]);
});

test('a cache that is removed before it is saved is refused as one that cannot be written', () => {
  const folder = join(temporaryFolder(), 'gone');
  expect(() => new FolderStore(folder, OWN).save({ files: [] })).toThrow(
    expect.objectContaining({
      failure: { kind: 'refused', code: 'cache-unwritable', facts: { path: folder, code: 'ENOENT' } },
    }),
  );
});

/** A store that holds a zip of one packer, and the store as another packer sees it. */
function twoPackers(content: string) {
  const folder = temporaryFolder();
  const one = new FolderStore(folder, ownerName(process.ppid, '0a'));
  const partial = one.freshPath('zip');
  writeFileSync(partial, content);
  const sha256 = 'b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9';
  const name = one.keep(partial, 'a'.repeat(64));
  const zip: KnownZip = { name, size: content.length, sha256, digest: 'a'.repeat(64), level: 6, entries: [] };
  return { folder, zip, other: new FolderStore(folder, OWN) };
}

test('a zip whose name goes while it is open is copied, for its owner alone', () => {
  const { folder, zip, other } = twoPackers('hello world');
  const open = other.openZip(zip);
  rmSync(join(folder, zip.name));
  const adopted = other.adopt(open!);
  expect(isOwn(adopted.name, OWN)).toBe(true);
  expect(adopted).toEqual({ ...zip, name: adopted.name });
  expect(readFileSync(join(folder, adopted.name), 'utf8')).toBe('hello world');
  expect((statSync(join(folder, adopted.name)).mode & 0o777).toString(8)).toBe('600');
  // What is a packer's own already keeps its name.
  expect(other.adopt(other.openZip(adopted)!)).toEqual(adopted);
});

test('a zip that is not what it was is not opened, and neither is none', () => {
  const { other, zip } = twoPackers('hello World');
  expect(other.openZip(zip)).toBeUndefined();
  expect(other.openZip({ ...zip, name: 'gone' })).toBeUndefined();
  expect(other.openZip(undefined)).toBeUndefined();
});

test('what is saved is known, and a zip that was given out stays beside the one that is known', () => {
  const { folder, zip, other } = twoPackers('hello world');
  const { name: given } = other.adopt(other.openZip(zip)!);
  writeFileSync(join(folder, `zip.${OWN}.1b.partial`), '');
  const known = { files: [], zip: { ...zip, name: `0123.${OWN}.1b.zip` } };
  writeFileSync(join(folder, known.zip.name), '');
  other.save(known);
  expect(readdirSync(folder).toSorted()).toEqual([given, zip.name, known.zip.name, 'index.json'].toSorted());
  expect(other.load()).toBe(known);
  expect(new FolderStore(folder, OWN).load()).toEqual(known);
});

test('where a zip can have no second name it is held under its own', async () => {
  // No system links a folder.
  const folder = join(temporaryFolder(), 'zip');
  mkdirSync(folder);
  const held = await holdZip(folder);
  expect(held?.file).toBe(folder);
  await held?.release();
  expect(existsSync(folder)).toBe(true);
});

test.each([
  [{ modifiedMs: 8_000, changedMs: 8_000 }, false],
  [{ modifiedMs: 8_001, changedMs: 0 }, true],
  [{ modifiedMs: 0, changedMs: 8_001 }, true],
])('of a file with times %o, read at 10,000, a change might leave no trace: %s', (times, racy) => {
  const stat = { size: 1, inode: 1, device: 1, executable: false, ...times };
  expect(isRacy(stat, 10_000)).toBe(racy);
});
