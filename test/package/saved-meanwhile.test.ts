/** Files that are saved after the walk has seen them and before they are read: the manifest says what the zip holds. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { FolderStore } from '../../src/package/cache/folder-store';
import { packFolder } from '../../src/package/pack/pack-folder';
import { scanFolder } from '../../src/package/pack/scan-folder';
import { temporaryFolder, unzip, write } from './fixture';
import { walked } from './walked';

/** The folder was scanned and is as it was then. */
async function scanned(files: Readonly<Record<string, string>>): Promise<{
  readonly root: string;
  readonly store: FolderStore;
  readonly digest: string;
}> {
  const root = temporaryFolder();
  write(root, files);
  const store = new FolderStore(temporaryFolder(), `${process.pid}-test`);
  const { answer, remember } = await scanFolder(walked(root, store));
  remember();
  return { root, store, digest: answer.manifest.digest };
}

test('what a plan has seen is not packed under its digest once a file was saved', async () => {
  const { root, store, digest } = await scanned({ 'a.q': 'a:1', 'b.q': 'b:1' });
  const save = (): void => write(root, { 'b.q': 'b:2' });
  const outcome = await packFolder(walked(root, store, save), digest).catch((error: unknown) =>
    failureOf(error),
  );
  expect(outcome).toMatchObject({ kind: 'refused', code: 'folder-changed', facts: { expected: digest } });
});

test('the manifest, what the cache keeps and the zip are of the state that was read', async () => {
  const { root, store, digest } = await scanned({ 'a.q': 'a:1', 'b.q': 'b:1' });
  const save = (): void => write(root, { 'b.q': 'b:2' });
  const { answer, remember } = await packFolder(walked(root, store, save), undefined);
  remember();
  const { file, manifest } = answer.zip;
  expect((await unzip(file)).map(({ content }) => `${content}`)).toEqual(['a:1', 'b:2']);
  const again = await scanFolder(walked(root, new FolderStore(store.folder, `${process.pid}-other`)));
  expect(manifest).toEqual(again.answer.manifest);
  expect(manifest.digest).not.toBe(digest);
});

test.skipIf(process.platform === 'win32')(
  'a file that may be executed by the time it is read is one in the zip, too',
  async () => {
    const { root, store } = await scanned({ 'a.q': 'a:1', 'run.sh': 'true' });
    (await packFolder(walked(root, store), undefined)).remember();
    write(root, { 'run.sh': 'true' });
    const allow = (): void => chmodSync(join(root, 'run.sh'), 0o755);
    const { answer } = await packFolder(walked(root, store, allow), undefined);
    expect(answer.zip.reused).toBe(2);
    expect(answer.zip.manifest.entries.map(({ executable }) => executable)).toEqual([false, true]);
    expect((await unzip(answer.zip.file)).map(({ mode }) => mode.toString(8))).toEqual(['100644', '100755']);
  },
);

/** So many files of so many bytes; the first job finds each of them grown to `grown`. */
async function packGrowing(count: number, size: number, grown: number) {
  const root = temporaryFolder();
  const filesOf = (length: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}.q`, `${at}`.padEnd(length, 'a')]));
  write(root, filesOf(size));
  let hasGrown = false;
  const grow = (): void => {
    if (!hasGrown) write(root, filesOf(grown));
    hasGrown = true;
  };
  const store = new FolderStore(temporaryFolder(), `${process.pid}-test`);
  return packFolder(walked(root, store, grow), undefined);
}

test('files that have grown beyond the room for their job are packed as they are by then', async () => {
  const { answer } = await packGrowing(4, 10, 800_000);
  const files = await unzip(answer.zip.file);
  expect(files.map(({ content }) => content.length)).toEqual(Array.from({ length: 4 }, () => 800_000));
  expect(files.map(({ content }) => `${content.subarray(0, 2)}`)).toEqual(['0a', '1a', '2a', '3a']);
});

test.each([
  ['a folder that becomes a large one', 10, 1_650_000, 1_700_000, ''],
  ['a file that becomes a large one', 1, 10, 2 * 1024 * 1024 + 1, '0.q'],
])('%s is walked again', async (_, count, size, grown, path) => {
  await expect(packGrowing(count, size, grown)).rejects.toMatchObject({
    failure: { kind: 'refused', code: 'file-changing', facts: { path } },
  });
});
