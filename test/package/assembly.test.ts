/** How pieces and copies come together to a zip: what is told of long runs, and what must never come together. */
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { OpenZip } from '../../src/package/cache/folder-store';
import { Assembly } from '../../src/package/pack/assembly';
import { cancelFlag } from '../../src/package/pack/cancel';
import type { JobRunner } from '../../src/package/pack/job';
import { ReadMemory } from '../../src/package/pack/read-source';
import { runJob } from '../../src/package/pack/run-job';
import type { FoundFile } from '../../src/package/walk/walk';
import { Deflater } from '../../src/package/zip/deflater';
import { ZipFile } from '../../src/package/zip/zip-file';
import { noise, temporaryFolder, unzip } from './fixture';

const MEBI = 1024 * 1024;

/** A zip before this one, of which a run is copied. */
function zipBefore(bytes: Buffer): OpenZip {
  const file = join(temporaryFolder(), 'before.zip');
  writeFileSync(file, bytes);
  const descriptor = openSync(file, 'r');
  onTestFinished(() => closeSync(descriptor));
  const zip = { name: '', size: bytes.length, sha256: 'before', digest: 'its digest', level: 6, entries: [] };
  return { zip, descriptor };
}

const thread = { memory: new ReadMemory(), deflater: new Deflater(), cancel: cancelFlag() };
const runner: JobRunner = { ahead: 0, run: async (job) => runJob(job, thread) };
const goOn = (): void => undefined;

test.each([
  [5 * MEBI - 1, false],
  [5 * MEBI, true],
])('a run of %d bytes is told as one that can be taken over: %s', async (length, isTold) => {
  const before = noise(length + 300);
  const target = new ZipFile(join(temporaryFolder(), 'zip'));
  const assembly = new Assembly(target, zipBefore(before));
  target.append(Buffer.from('what stands before'));
  const entry = {
    path: 'a.q',
    size: length,
    compressedSize: length - 33,
    offset: 100,
    method: 0,
    crc32: 1,
    executable: true,
    sha256: 'a',
  } as const;
  await assembly.copy({ kind: 'copy', entries: [entry], start: 100, length }, runner, goOn);
  expect([assembly.reused, assembly.entries]).toEqual([1, [{ ...entry, offset: 18 }]]);
  const { size, reusedRanges } = assembly.finish();
  const zip = readFileSync(target.path);
  expect(zip).toHaveLength(size);
  expect(zip.subarray(18, 18 + length).equals(before.subarray(100, 100 + length))).toBe(true);
  const from = { digest: 'its digest', sha256: 'before', size: before.length };
  const ranges = [{ start: 18, previousStart: 100, length }];
  expect(reusedRanges).toEqual(isTold ? { from, ranges } : undefined);
});

test('a long copy ends when the run is cancelled, and only once nobody writes any more', async () => {
  const target = new ZipFile(join(temporaryFolder(), 'zip'));
  onTestFinished(() => target.discard());
  const assembly = new Assembly(target, zipBefore(noise(5 * MEBI)));
  let isOver = false;
  const slow: JobRunner = {
    ahead: 1,
    run: async (job) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      isOver = true;
      return runJob(job, thread);
    },
  };
  const copying = assembly.copy({ kind: 'copy', entries: [], start: 0, length: 5 * MEBI }, slow, () => {
    throw new Error('cancelled');
  });
  await expect(copying).rejects.toThrow('cancelled');
  expect(isOver).toBe(true);
});

const FILE: FoundFile = {
  path: 'large.csv',
  place: 'large.csv',
  stat: { size: 6, modifiedMs: 0, changedMs: 0, inode: 0, device: 0, executable: false },
};
const hashedOf = (content: string) => ({
  stat: FILE.stat,
  sha256: '',
  crc32: crc32(content),
  secrets: [],
  loads: [],
});
const piece = (text: string) => ({ bytes: deflateRawSync(text), crc32: crc32(text) });

test('a large file is refused where its pieces are not what was hashed', async () => {
  const target = new ZipFile(join(temporaryFolder(), 'zip'));
  onTestFinished(() => target.discard());
  const assembly = new Assembly(target, undefined);
  assembly.openLarge(FILE, hashedOf('abcdef'));
  assembly.addPiece({ ...piece('abcdeX'), bytes: Buffer.alloc(0) }, 6, false);
  expect(() => assembly.addPiece(piece(''), 0, true)).toThrow(
    expect.objectContaining({
      failure: { kind: 'refused', code: 'file-changing', facts: { path: 'large.csv' } },
    }),
  );
});

test('a large file is whole with its last piece, and takes no other', async () => {
  const target = new ZipFile(join(temporaryFolder(), 'zip'));
  const assembly = new Assembly(target, undefined);
  assembly.openLarge(FILE, hashedOf('abcdef'));
  assembly.addPiece(piece('abcdef'), 6, true);
  expect(() => assembly.addPiece(piece('g'), 1, true)).toThrow('a piece of no file');
  const run = { kind: 'copy', entries: [], start: 0, length: 1 } as const;
  await expect(assembly.copy(run, runner, goOn)).rejects.toThrow('nothing to copy from');
  assembly.finish();
  const [file] = await unzip(target.path);
  expect([file!.path, `${file!.content}`]).toEqual(['large.csv', 'abcdef']);
});
