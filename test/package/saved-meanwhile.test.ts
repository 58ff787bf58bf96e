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
