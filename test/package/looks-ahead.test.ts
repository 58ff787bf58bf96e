/** Two threads that look at the files of a folder, and what the walk makes of it. */
import { chmodSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PackRequest, Scan } from '../../src/package/packer';
import { DiskFolder } from '../../src/package/walk/disk-folder';
import { prefetchStats, StatPrefetch } from '../../src/package/walk/stat-prefetch';
import { ALWAYS, newPacker, requestFor, temporaryFolder, write } from './fixture';

/** From so many files on a helper lends the walk a hand. */
const MANY = 4_200;

function someFiles(): { readonly folder: DiskFolder; readonly paths: readonly string[] } {
  const root = temporaryFolder();
  const paths = ['a.q', 'lib/b.q', 'lib/c.q', 'z.sh'];
  write(root, Object.fromEntries(paths.map((path, at) => [path, 'x'.repeat(at)])));
  chmodSync(join(root, 'z.sh'), 0o755);
  return { folder: new DiskFolder(root), paths };
}

test('what a helper has seen is what the walk would see', () => {
  const { folder, paths } = someFiles();
  const ahead = new StatPrefetch(paths);
  prefetchStats(ahead.table, (path) => folder.stat(path));
  // The first one is the walk's own, wherever the two meet.
  expect(ahead.find('a.q')).toBeUndefined();
  for (const path of paths.slice(1)) expect(ahead.find(path)).toEqual(folder.stat(path));
  expect(ahead.find('z.sh')?.executable).toBe(true);
  expect(ahead.find('new.q')).toBeUndefined();
});

test('the helper stops where the walk has come to, and when it is over', () => {
  const { folder, paths } = someFiles();
  const seen: string[] = [];
  const ahead = new StatPrefetch(paths);
  const look = (path: string): ReturnType<DiskFolder['stat']> => {
    seen.push(path);
    if (path === 'lib/c.q') expect(ahead.find('lib/b.q')).toBeUndefined();
    return folder.stat(path);
  };
  prefetchStats(ahead.table, look);
  expect(seen).toEqual(['z.sh', 'lib/c.q']);

  const over = new StatPrefetch(paths);
  over.end();
  prefetchStats(over.table, look);
  expect(seen).toHaveLength(2);
});

test('what the helper does not find, or may not look at, is left to the walk', () => {
  const { folder, paths } = someFiles();
  rmSync(folder.place('z.sh'));
  const ahead = new StatPrefetch(paths);
  const look = (path: string): ReturnType<DiskFolder['stat']> => {
    if (path === 'lib/b.q') throw new Error('no');
    return folder.stat(path);
  };
  expect(() => prefetchStats(ahead.table, look)).toThrow('no');
  expect(ahead.find('z.sh')).toBeUndefined();
  expect(ahead.find('lib/c.q')).toEqual(folder.stat('lib/c.q'));
  expect(ahead.find('lib/b.q')).toBeUndefined();
});

/** Changes of every kind at the beginning, in the middle and at the end, where the other thread looks. */
function changeHereAndThere(root: string): void {
  for (const at of [0, MANY / 2, MANY - 10]) {
    const file = (further: number): string => join(root, nameOf(at + further));
    writeFileSync(file(0), `other ${at}`);
    rmSync(file(1));
    chmodSync(file(2), 0o755);
    rmSync(file(3));
    symlinkSync(nameOf(at + 4).slice('data/'.length), file(3));
    writeFileSync(`${file(5)}.new.q`, 'new');
    // As long as before, and with its times: the inode and the time of the change tell.
    const { atime, mtime } = statSync(file(6));
    writeFileSync(`${file(6)}.tmp`, 'X');
    utimesSync(`${file(6)}.tmp`, atime, mtime);
    renameSync(`${file(6)}.tmp`, file(6));
  }
}

function nameOf(at: number): string {
  return `data/f${String(at).padStart(5, '0')}.q`;
}

test('a large folder is found as by one thread alone, whatever has changed', async () => {
  const packer = newPacker();
  const root = temporaryFolder();
  write(root, Object.fromEntries(Array.from({ length: MANY }, (_, at) => [nameOf(at), `${at % 10}`])));
  const request = requestFor(root);
  const afresh = (): Promise<Scan> => packer.scan(another(request), ALWAYS);
  const before = await packer.scan(request, ALWAYS);
  expect(await packer.scan(request, ALWAYS)).toEqual(before);
  changeHereAndThere(root);
  const changed = await packer.scan(request, ALWAYS);
  expect(changed).toEqual(await afresh());
  expect(changed.manifest.entries).toHaveLength(MANY);
  const zip = await packer.pack(request, changed.manifest.digest, ALWAYS);
  const fresh = await packer.pack(another(request), changed.manifest.digest, ALWAYS);
  expect(zip.sha256).toBe(fresh.sha256);
});

function another(request: PackRequest): PackRequest {
  return { ...request, cacheFolder: temporaryFolder() };
}
