/** No file stays open, whatever becomes of what it was opened for. */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FolderStore } from '../../src/package/cache/folder-store';
import type { KnownZip } from '../../src/package/cache/known-folder';
import { fileStat, readAsFound, whileSteady } from '../../src/package/content/steady-file';
import { packFolder } from '../../src/package/pack/pack-folder';
import { ZipFile } from '../../src/package/zip/zip-file';
import { temporaryFolder, write } from './fixture';
import { walked } from './walked';

/** The descriptor that a file would be opened with: the lowest that is free. */
function nextDescriptor(): number {
  const descriptor = openSync(import.meta.filename, 'r');
  closeSync(descriptor);
  return descriptor;
}

function found(content: string) {
  const place = join(temporaryFolder(), 'a.q');
  writeFileSync(place, content);
  return { path: 'a.q', place, stat: fileStat(statSync(place)) };
}

const changed = () => {
  const file = found('before');
  writeFileSync(file.place, 'after that');
  return file;
};

function refused(work: () => unknown): void {
  expect(work).toThrow();
}

const OWNER = `${process.pid}-test`;

function zipInStore() {
  const store = new FolderStore(temporaryFolder(), OWNER);
  const partial = store.freshPath('zip');
  writeFileSync(partial, 'not what it says');
  const zip: KnownZip = {
    name: store.keep(partial, 'a'.repeat(64)),
    size: 1,
    sha256: '',
    digest: '',
    level: 6,
    entries: [],
  };
  return { store, zip };
}

test.each<[string, () => void]>([
  ['a file that was read', () => whileSteady(found('a'), () => undefined)],
  [
    'a file whose reading failed',
    () =>
      refused(() =>
        whileSteady(found('a'), () => {
          throw new Error('no');
        }),
      ),
  ],
  [
    'a file that is another one by now',
    () => {
      const file = found('a');
      write(file.place.slice(0, -3), { 'b.q': 'b' });
      rmSync(file.place);
      renameSync(join(file.place.slice(0, -3), 'b.q'), file.place);
      whileSteady(file, () => undefined);
    },
  ],
  ['a file that was read as it was found', () => expect(readAsFound(found('a'), Buffer.alloc(1))).toBe(true)],
  ['a file that was found otherwise', () => expect(readAsFound(changed(), Buffer.alloc(6))).toBe(false)],
  [
    'a zip that is not whole',
    () => {
      const { store, zip } = zipInStore();
      expect(new FolderStore(store.folder, OWNER).openZip(zip)).toBeUndefined();
    },
  ],
  [
    'a zip that was copied',
    () => {
      const { store, zip } = zipInStore();
      const open = store.openZip(zip);
      rmSync(store.pathOf(zip.name));
      new FolderStore(store.folder, `${process.pid}-other`).adopt(open!);
      closeSync(open!.descriptor);
    },
  ],
  [
    'a zip that is finished',
    () => expect(new ZipFile(join(temporaryFolder(), 'zip')).finish()).toHaveLength(64),
  ],
  ['a zip that is given up', () => new ZipFile(join(temporaryFolder(), 'zip')).discard()],
])('%s is closed', (_, work) => {
  const before = nextDescriptor();
  work();
  expect(nextDescriptor()).toBe(before);
});

test('a zip that is given up and cannot be removed fails no further', () => {
  const path = join(temporaryFolder(), 'zip');
  const zip = new ZipFile(path);
  zip.finish();
  rmSync(path);
  // Not removed, since it is a folder.
  mkdirSync(path);
  expect(() => zip.discard()).not.toThrow();
});

test('a zip that was packed, and one that was packed already, are closed', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': 'a', 'b.q': 'b' });
  const store = new FolderStore(temporaryFolder(), OWNER);
  const before = nextDescriptor();
  for (const content of ['a', 'a', 'A']) {
    write(root, { 'a.q': content });
    const { remember } = await packFolder(walked(root, store), undefined);
    remember();
    expect(nextDescriptor()).toBe(before);
  }
});
