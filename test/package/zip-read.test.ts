/** Zips of other tools are read: made by test/fixtures/zips/make.sh and committed. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { failureOf } from '../../src/model/failure';
import { readZipDirectory, readZipEntry, type ZipDirectory } from '../../src/package/zip-directory';
import { ALWAYS } from './fixture';
import { CountedSource } from './range-source';

const TREE: Readonly<Record<string, string>> = {
  'Kürzel.csv': 'sym,price\nÄÖ,1.5\n',
  'bin/run.sh': '#!/bin/sh\nexec q init.q\n',
  'init.q': '\\l lib/util.q\n.z.ts:{show .util.now[]}\n',
  'lib/nothing.q': '',
  'lib/util.q': '.util.now:{.z.p}\n'.repeat(200),
};

function source(name: string): CountedSource {
  return new CountedSource(readFileSync(resolve(import.meta.dirname, '../fixtures/zips', name)));
}

async function contents(name: string): Promise<Readonly<Record<string, string>>> {
  const zip = source(name);
  const { entries } = await readZipDirectory(zip, ALWAYS);
  const read = entries.map(async (entry) => [
    entry.path,
    Buffer.from(await readZipEntry(zip, entry, ALWAYS)).toString(),
  ]);
  return Object.fromEntries(await Promise.all(read));
}

for (const name of [
  'info-zip.zip',
  'info-zip-stored.zip',
  'info-zip-comment.zip',
  'info-zip-streamed.zip',
  '7z.zip',
  'python.zip',
  'python-zip64.zip',
  'backslashes.zip',
  'cp437.zip',
  'unicode-path.zip',
  'prefixed.zip',
  'zip64-end.zip',
  'zip64-prefixed.zip',
]) {
  test(`${name} holds the tree`, async () => {
    expect(await contents(name)).toEqual(TREE);
  });
}

test('jar.jar holds the tree and its own manifest', async () => {
  const { 'META-INF/MANIFEST.MF': manifest, ...rest } = await contents('jar.jar');
  expect(manifest).toContain('Manifest-Version');
  expect(rest).toEqual(TREE);
});

test('macos.zip holds the tree, and a shadow of each file', async () => {
  const all = Object.entries(await contents('macos.zip'));
  expect(Object.fromEntries(all.filter(([path]) => !path.startsWith('__MACOSX/')))).toEqual(TREE);
  expect(all).toHaveLength(10);
});

function executables({ entries }: ZipDirectory): readonly string[] {
  return entries.filter(({ executable }) => executable).map(({ path }) => path);
}

test('executable bits are known where the tool writes them', async () => {
  expect(executables(await readZipDirectory(source('info-zip.zip'), ALWAYS))).toEqual(['bin/run.sh']);
  expect(executables(await readZipDirectory(source('python.zip'), ALWAYS))).toEqual(['bin/run.sh']);
  expect(executables(await readZipDirectory(source('jar.jar'), ALWAYS))).toEqual([]);
});

test('of a name that stands twice the later one counts, and the name is reported', async () => {
  const directory = await readZipDirectory(source('twice.zip'), ALWAYS);
  expect(directory.duplicates).toEqual(['init.q']);
  expect(await contents('twice.zip')).toEqual(TREE);
});

test('a directory and a file each take one read', async () => {
  const zip = source('info-zip.zip');
  const { entries } = await readZipDirectory(zip, ALWAYS);
  expect(zip.reads).toBe(1);
  for (const entry of entries) await readZipEntry(zip, entry, ALWAYS);
  expect(zip.reads).toBe(1 + entries.length);
});

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'nothing was refused',
    (error: unknown) => failureOf(error),
  );
}

test('encrypted files can be listed, not read', async () => {
  const zip = source('info-zip-encrypted.zip');
  const { entries } = await readZipDirectory(zip, ALWAYS);
  const entry = entries.find(({ path }) => path === 'init.q')!;
  expect(entry.encrypted).toBe(true);
  expect(await refusal(readZipEntry(zip, entry, ALWAYS))).toEqual({
    kind: 'refused',
    code: 'zip-unsupported',
    facts: { what: 'encrypted', path: 'init.q' },
  });
});

test('files of another method can be listed with size and CRC, not read', async () => {
  const zip = source('7z-deflate64.zip');
  const { entries } = await readZipDirectory(zip, ALWAYS);
  const entry = entries.find(({ path }) => path === 'lib/util.q')!;
  expect(entry).toMatchObject({ size: 3400, method: 9 });
  expect(await refusal(readZipEntry(zip, entry, ALWAYS))).toEqual({
    kind: 'refused',
    code: 'zip-unsupported',
    facts: { what: 'method', path: 'lib/util.q', method: 9 },
  });
});

test('a file that no editor would show is not fetched', async () => {
  const zip = source('info-zip.zip');
  const entry = (await readZipDirectory(zip, ALWAYS)).entries[0]!;
  const { reads } = zip;
  const failure = await refusal(readZipEntry(zip, { ...entry, size: 2 ** 40 }, ALWAYS));
  expect(failure).toMatchObject({ code: 'zip-unsupported', facts: { what: 'large-entry' } });
  expect(zip.reads).toBe(reads);
});

test('a zip over several disks is refused', async () => {
  expect(await refusal(readZipDirectory(source('several-disks.zip'), ALWAYS))).toMatchObject({
    code: 'zip-unsupported',
    facts: { what: 'several-disks' },
  });
});

test('what is no zip, and what lacks its end, is damaged', async () => {
  const whole = readFileSync(resolve(import.meta.dirname, '../fixtures/zips/info-zip.zip'));
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from('no zip at all'),
    Buffer.alloc(200_000),
    whole.subarray(0, -1),
  ]) {
    expect(await refusal(readZipDirectory(new CountedSource(bytes), ALWAYS))).toMatchObject({
      code: 'zip-damaged',
      facts: { what: 'end' },
    });
  }
});

test('a long comment costs one read more', async () => {
  const whole = readFileSync(resolve(import.meta.dirname, '../fixtures/zips/info-zip.zip'));
  const commented = Buffer.concat([whole, Buffer.alloc(0xffff, 'PK\x05\x06')]);
  commented.writeUInt16LE(0xffff, whole.length - 2);
  const zip = new CountedSource(commented);
  expect((await readZipDirectory(zip, ALWAYS)).entries).toHaveLength(5);
  expect(zip.reads).toBe(2);
});

test('content that was changed on the way is noticed', async () => {
  const bytes = readFileSync(resolve(import.meta.dirname, '../fixtures/zips/info-zip-stored.zip'));
  const { entries } = await readZipDirectory(new CountedSource(bytes), ALWAYS);
  const entry = entries.find(({ path }) => path === 'init.q')!;
  bytes[bytes.indexOf('.z.ts')] = 0x58;
  expect(await refusal(readZipEntry(new CountedSource(bytes), entry, ALWAYS))).toEqual({
    kind: 'refused',
    code: 'zip-damaged',
    facts: { what: 'content', path: 'init.q' },
  });
});

test('an aborted read ends as such', async () => {
  const aborted = AbortSignal.abort();
  expect(await refusal(readZipDirectory(source('info-zip.zip'), aborted))).toEqual({ kind: 'cancelled' });
});
