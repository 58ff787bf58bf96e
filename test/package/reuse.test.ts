/** What a run does not do again: each of its jobs is counted. */
import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FolderStore } from '../../src/package/cache/folder-store';
import type { Job } from '../../src/package/pack/job';
import { packFolder } from '../../src/package/pack/pack-folder';
import { scanFolder } from '../../src/package/pack/scan-folder';
import { qText, temporaryFolder, write } from './fixture';
import { walked } from './walked';

/** A folder of three files with a cache of its own, and runs over it that tell their jobs and their answer. */
function folderWithCache(startedAt = (now: number) => now + 60_000) {
  const root = temporaryFolder();
  write(root, { 'a.q': 'a:1', 'b.q': qText(4_000), 'lib/c.q': 'c:1' });
  const store = new FolderStore(temporaryFolder(), `${process.pid}-test`);
  const index = join(store.folder, 'index.json');
  const run = async (kind: 'scan' | 'pack') => {
    const jobs: string[] = [];
    const told = (job: Job): number =>
      jobs.push('sources' in job ? `${job.kind} ${job.sources.length}` : job.kind);
    const context = { ...walked(root, store, told), startedAt: startedAt(Date.now()) };
    const { answer, remember } = await (kind === 'scan'
      ? scanFolder(context)
      : packFolder(context, undefined));
    remember();
    return { jobs, manifest: 'zip' in answer ? answer.zip.manifest : answer.manifest };
  };
  return { root, index, run };
}

const stateOf = (file: string): string => {
  const { ino, mtimeMs } = statSync(file);
  return `${ino} ${mtimeMs}`;
};

test('a scan of what has not changed reads nothing, makes no manifest and writes nothing down', async () => {
  const { index, run } = folderWithCache();
  const first = await run('scan');
  expect(first.jobs).toEqual(['hash-files 3']);
  const written = stateOf(index);
  const second = await run('scan');
  expect(second.jobs).toEqual([]);
  expect(second.manifest).toBe(first.manifest);
  expect(stateOf(index)).toBe(written);
});

test('a packing of what is packed already reads nothing, and is that zip', async () => {
  const { index, run } = folderWithCache();
  await run('scan');
  const first = await run('pack');
  expect(first.jobs).toEqual(['pack-files 3']);
  const written = stateOf(index);
  expect((await run('pack')).jobs).toEqual([]);
  expect((await run('scan')).jobs).toEqual([]);
  expect(stateOf(index)).toBe(written);
});

test('of what has changed that alone is read', async () => {
  const { root, index, run } = folderWithCache();
  await run('pack');
  const written = stateOf(index);
  write(root, { 'a.q': 'a:22' });
  const scan = await run('scan');
  expect(scan.jobs).toEqual(['hash-files 1']);
  expect(stateOf(index)).not.toBe(written);
  // It was scanned, not packed.
  expect(await run('pack')).toEqual({ jobs: ['pack-files 1'], manifest: scan.manifest });
});

test('what was only touched is read once, and not packed again', async () => {
  const { root, run } = folderWithCache();
  const { manifest } = await run('pack');
  utimesSync(join(root, 'a.q'), 1, 1);
  expect(await run('pack')).toEqual({ jobs: ['hash-files 1'], manifest });
  expect((await run('pack')).jobs).toEqual([]);
});

test('what is left out by now is in no manifest, though nothing is read', async () => {
  const { root, run } = folderWithCache();
  await run('scan');
  write(root, { '.slipwayignore': 'lib/\n' });
  const { jobs, manifest } = await run('scan');
  expect(jobs).toEqual([]);
  expect(manifest.entries.map(({ path }) => path)).toEqual(['a.q', 'b.q']);
});

test('what was read right after its change is read again', async () => {
  const { root, run } = folderWithCache((now) => now - 60_000);
  await run('scan');
  expect((await run('scan')).jobs).toEqual(['hash-files 3']);
  const old = new Date(Date.now() - 10_000);
  for (const path of ['a.q', 'b.q', 'lib/c.q']) {
    writeFileSync(join(root, path), path);
    utimesSync(join(root, path), old, old);
  }
  // The time of the change itself is no one's to set.
  await run('scan');
  expect((await run('scan')).jobs).toEqual(['hash-files 3']);
});
