/** The cache may be damaged, shared or in the way: it costs time, never a wrong zip. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { PackedZip, Packer, PackRequest } from '../../src/package/packer';
import { createPacker } from '../../src/package/packer-client';
import { ALWAYS, newPacker, qText, requestFor, temporaryFolder, unzip, WORKER_FILE, write } from './fixture';

/** A packer of its own, as of another window or after a restart; ended once it has packed and written all down. */
async function packOnce(request: PackRequest): Promise<PackedZip> {
  const packer = createPacker({ workerFile: WORKER_FILE });
  try {
    return await packer.pack(request, undefined, ALWAYS);
  } finally {
    await packer.dispose();
  }
}

function folderOf(request: PackRequest): string {
  return join(request.cacheFolder, readdirSync(request.cacheFolder)[0]!);
}

function filesOf(request: PackRequest, extension: string): readonly string[] {
  const folder = folderOf(request);
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name));
}

function newRoot(): string {
  const root = temporaryFolder();
  write(root, { 'a.q': qText(4_000), 'b.q': qText(5_000, 2), 'c.q': qText(6_000, 3) });
  return root;
}

/** Flips a byte in the middle and gives the file its old time back. */
function corrupt(file: string): void {
  const { atime, mtime } = statSync(file);
  const bytes = readFileSync(file);
  const middle = bytes.length >>> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  utimesSync(file, atime, mtime);
}

const DAMAGE: Readonly<Record<string, (request: PackRequest) => void>> = {
  'an index with a flipped byte': (request) => corrupt(filesOf(request, '.json')[0]!),
  'half an index': (request) => truncateSync(filesOf(request, '.json')[0]!, 500),
  'an empty index': (request) => truncateSync(filesOf(request, '.json')[0]!, 0),
  'no index': (request) => rmSync(filesOf(request, '.json')[0]!),
  'a zip with a flipped byte': (request) => corrupt(filesOf(request, '.zip')[0]!),
  'half a zip': (request) => truncateSync(filesOf(request, '.zip')[0]!, 700),
  'no zip': (request) => rmSync(filesOf(request, '.zip')[0]!),
};

for (const [what, damage] of Object.entries(DAMAGE)) {
  test(`${what} is not believed`, async () => {
    const root = newRoot();
    const request = requestFor(root);
    const before = await packOnce(request);
    damage(request);
    expect((await packOnce(request)).sha256).toBe(before.sha256);
    damage(request);
    write(root, { 'b.q': qText(5_500, 9) });
    const after = await packOnce(request);
    expect(after.sha256).toBe((await packOnce({ ...request, cacheFolder: temporaryFolder() })).sha256);
  });
}

test('an index of another version is thrown away', async () => {
  const root = newRoot();
  const request = requestFor(root);
  const before = await packOnce(request);
  writeFileSync(filesOf(request, '.json')[0]!, '{"format":99}');
  expect(await packOnce(request)).toMatchObject({ sha256: before.sha256, reused: 0 });
});

test('what one packer has packed another one uses, under a name of its own', async () => {
  const root = newRoot();
  const request = requestFor(root);
  const [one, other] = [newPacker(), newPacker()];
  const first = await one.pack(request, undefined, ALWAYS);
  await one.scan(request, ALWAYS);
  const second = await other.pack(request, undefined, ALWAYS);
  expect(second).toMatchObject({ sha256: first.sha256, reused: 3 });
  expect(second.file).not.toBe(first.file);
});

test('a zip stays until its own packer packs again, whatever others do', async () => {
  const root = newRoot();
  const request = requestFor(root);
  const [one, other] = [newPacker(), newPacker()];
  const first = await one.pack(request, undefined, ALWAYS);
  for (let round = 0; round < 3; round++) {
    write(root, { 'a.q': `round ${round}` });
    const packed = await other.pack(request, undefined, ALWAYS);
    expect(existsSync(packed.file)).toBe(true);
  }
  // The next run begins when the one before has written everything down.
  await other.scan(request, ALWAYS);
  write(root, { 'b.q': 'looked at, not packed' });
  await one.scan(request, ALWAYS);
  await one.scan(request, ALWAYS);
  expect(existsSync(first.file)).toBe(true);
  expect(filesOf(request, '.zip')).toHaveLength(2);
  await one.pack(request, undefined, ALWAYS);
  await one.scan(request, ALWAYS);
  expect(existsSync(first.file)).toBe(false);
});

test('several packers at once all give the right zip', async () => {
  const root = newRoot();
  const request = requestFor(root);
  const packers = [newPacker(), newPacker(), newPacker()];
  for (let round = 0; round < 8; round++) {
    write(root, { 'b.q': qText(3_000 + round, round + 1) });
    const zips = await Promise.all(packers.map((packer) => packer.pack(request, undefined, ALWAYS)));
    const afresh = await packers[0]!.pack({ ...request, cacheFolder: temporaryFolder() }, undefined, ALWAYS);
    expect(new Set(zips.map(({ sha256 }) => sha256))).toEqual(new Set([afresh.sha256]));
    for (const { file, size } of zips) expect(statSync(file).size).toBe(size);
  }
});

test('what ended processes left behind is removed, what running ones hold is not', async () => {
  const request = requestFor(newRoot());
  await packOnce(request);
  const folder = folderOf(request);
  const { pid } = spawnSync(process.execPath, ['--version']);
  const left = [`zip.${pid}-0a.1b.partial`, `0123456789abcdef.${pid}-0a.1b.zip`];
  const held = `0123456789abcdef.${process.ppid}-0a.1b.zip`;
  for (const name of [...left, held]) writeFileSync(join(folder, name), '');
  write(request.root, { 'a.q': 'changed' });
  await packOnce(request);
  expect(left.filter((name) => existsSync(join(folder, name)))).toEqual([]);
  expect(existsSync(join(folder, held))).toBe(true);
});

test('of many folders the caches of the last few are kept', async () => {
  const packer: Packer = newPacker();
  const cacheFolder = temporaryFolder();
  for (let number = 0; number < 12; number++)
    await packer.scan({ ...requestFor(newRoot()), cacheFolder }, ALWAYS);
  expect(readdirSync(cacheFolder).length).toBeLessThanOrEqual(8);
});

test('the cache is for its owner alone', async () => {
  const request = requestFor(newRoot());
  const { file } = await packOnce(request);
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  expect((statSync(folderOf(request)).mode & 0o777).toString(8)).toBe('700');
  expect((statSync(filesOf(request, '.json')[0]!).mode & 0o777).toString(8)).toBe('600');
});

test('a cache that cannot be written is refused by name', async () => {
  const request = requestFor(newRoot());
  writeFileSync(join(request.cacheFolder, 'file'), '');
  const inFile = { ...request, cacheFolder: join(request.cacheFolder, 'file/cache') };
  await expect(newPacker().pack(inFile, undefined, ALWAYS)).rejects.toMatchObject({
    failure: { kind: 'refused', code: 'cache-unwritable', facts: { code: 'ENOTDIR' } },
  });
});

test('an index that cannot be written costs nothing but time, and leaves nothing behind', async () => {
  const root = newRoot();
  const request = requestFor(root);
  const before = newPacker();
  await before.scan(request, ALWAYS);
  await before.dispose();
  const folder = folderOf(request);
  // Neither read nor replaced by a file.
  rmSync(join(folder, 'index.json'));
  const packer = newPacker();
  write(folder, { 'index.json/in-the-way': '' });
  for (let round = 0; round < 3; round++) {
    write(root, { 'a.q': `round ${round}` });
    const { manifest } = await packer.scan(request, ALWAYS);
    const zip = await packer.pack(request, manifest.digest, ALWAYS);
    expect((await unzip(zip.file)).map(({ content }) => `${content}`)[0]).toBe(`round ${round}`);
    // What the pack before left goes once this one has tried to write everything down.
    await expect.poll(() => readdirSync(folder).sort()).toEqual([basename(zip.file), 'index.json'].sort());
  }
});

test('a cache that somebody clears meanwhile is made again', async () => {
  const root = newRoot();
  const request = requestFor(root);
  const packer = newPacker();
  const { sha256 } = await packer.pack(request, undefined, ALWAYS);
  await packer.scan(request, ALWAYS);
  for (const cleared of [folderOf(request), request.cacheFolder]) {
    // The packer may just be writing into it.
    await vi.waitFor(() => rmSync(cleared, { recursive: true }));
    expect(await packer.pack(request, undefined, ALWAYS)).toMatchObject({ sha256, reused: 0 });
    expect(await packer.pack(request, undefined, ALWAYS)).toMatchObject({ sha256, reused: 3 });
  }
});

test('a folder that was moved away and another one put in its place is read anew', async () => {
  const [one, other] = [newRoot(), newRoot()];
  write(other, { 'a.q': qText(4_000, 77) });
  const request = requestFor(one);
  const packer = newPacker();
  const before = await packer.pack(request, undefined, ALWAYS);
  renameSync(one, `${one}-aside`);
  renameSync(other, one);
  const after = await packer.pack(request, undefined, ALWAYS);
  rmSync(`${one}-aside`, { recursive: true });
  expect(after.manifest.digest).not.toBe(before.manifest.digest);
});
