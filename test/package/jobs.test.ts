/** What one job is given: enough to be worth sending, and never more than a helper's small heap holds; what is told. */
import { expect, test } from 'vitest';
import { FolderStore } from '../../src/package/cache/folder-store';
import type { Job } from '../../src/package/pack/job';
import { packFolder } from '../../src/package/pack/pack-folder';
import { scanFolder } from '../../src/package/pack/scan-folder';
import type { PackProgress } from '../../src/package/packer';
import { pathsIn, temporaryFolder, write } from './fixture';
import { walked } from './walked';

function filesIn(job: Job): number {
  return 'sources' in job ? job.sources.length : 0;
}

/** How many files the jobs of a scan, and those of packing what was scanned, are given. */
async function jobsOf(root: string, count: number): Promise<Readonly<Record<'scan' | 'pack', number[]>>> {
  const store = new FolderStore(temporaryFolder(), `${process.pid}-test`);
  const jobs = { scan: [] as number[], pack: [] as number[] };
  (await scanFolder(walked(root, store, (job) => jobs.scan.push(filesIn(job))))).remember();
  const packing = walked(root, store, (job) => jobs.pack.push(filesIn(job)));
  const { answer } = await packFolder(packing, undefined);
  expect(await pathsIn(answer.zip.file)).toHaveLength(count);
  return jobs;
}

function files(count: number, content: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`d${at % 7}/${at}.q`, content]));
}

test('files without number, however small, are shared out by a thousand', async () => {
  const root = temporaryFolder();
  write(root, files(2_300, ''));
  expect(await jobsOf(root, 2_300)).toEqual({ scan: [1_000, 1_000, 300], pack: [1_000, 1_000, 300] });
});

test('files of a common size are shared out by their bytes', async () => {
  const root = temporaryFolder();
  write(root, files(400, 'a'.repeat(15_000)));
  const { scan, pack } = await jobsOf(root, 400);
  expect([scan.length, pack.length]).toEqual([2, 6]);
});

test('progress grows with every file up to its totals', async () => {
  const root = temporaryFolder();
  write(root, files(30, 'abc'));
  const seen: PackProgress[] = [];
  const store = new FolderStore(temporaryFolder(), `${process.pid}-test`);
  await packFolder({ ...walked(root, store), report: (progress) => seen.push(progress) }, undefined);
  const totals = { phase: 'packing', totalFiles: 30, totalBytes: 90 };
  expect(seen).toEqual(
    Array.from({ length: 30 }, (_, at) => ({ ...totals, files: at + 1, bytes: 3 * at + 3 })),
  );
});

test('progress counts what need not be read again, and nothing twice', async () => {
  const root = temporaryFolder();
  write(root, files(30, 'abc'));
  const store = new FolderStore(temporaryFolder(), `${process.pid}-test`);
  const seen: PackProgress[] = [];
  const context = () => ({ ...walked(root, store), report: (progress: PackProgress) => seen.push(progress) });
  const told = () => seen.splice(0).map(({ phase, files, bytes }) => [phase, files, bytes]);
  (await packFolder(context(), undefined)).remember();
  told();
  // Of another length: packed at once. Of the same length: first compared with what was packed.
  write(root, { 'd0/0.q': 'longer' });
  (await packFolder(context(), undefined)).remember();
  expect(told().at(-1)).toEqual(['packing', 30, 93]);
  write(root, { 'd0/0.q': 'abcdef', 'd1/1.q': 'abcd' });
  const { remember } = await packFolder(context(), undefined);
  const phases = told();
  expect(phases.every(([, count, bytes]) => Number(count) <= 30 && Number(bytes) <= 94)).toBe(true);
  expect(phases.at(-1)).toEqual(['packing', 30, 94]);
  remember();
  write(root, { 'd0/0.q': 'ab' });
  await scanFolder(context());
  expect(told().at(-1)).toEqual(['hashing', 30, 90]);
});
