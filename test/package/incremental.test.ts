/** What a second run saves, and what it says about that. */
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PackedZip, PackRequest } from '../../src/package/packer';
import { ALWAYS, newPacker, noise, qText, requestFor, temporaryFolder, write } from './fixture';

const packer = newPacker();
const MEBI = 1024 * 1024;

async function afresh(request: PackRequest): Promise<PackedZip> {
  return packer.pack({ ...request, cacheFolder: temporaryFolder() }, undefined, ALWAYS);
}

test('nothing changed: the same zip again', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': 'a', 'b.q': 'b' });
  const request = requestFor(root);
  const first = await packer.pack(request, undefined, ALWAYS);
  const second = await packer.pack(request, first.manifest.digest, ALWAYS);
  expect(second).toEqual({ ...first, reused: 2 });
});

test('a scan spares the packing after it nothing, but a packing spares the scan everything', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': '\\l b.q', 'b.q': 'b' });
  const request = requestFor(root);
  const scan = await packer.scan(request, ALWAYS);
  const packed = await packer.pack(request, scan.manifest.digest, ALWAYS);
  expect(packed.manifest).toEqual(scan.manifest);
  expect(packed.reused).toBe(0);
  const again = await packer.scan(request, ALWAYS);
  expect(again).toEqual({ ...scan, loads: [{ path: 'a.q', line: 1, name: 'b.q' }] });
});

test('another digest than the expected one is refused, and leaves no zip behind', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': 'a' });
  const request = requestFor(root);
  const { manifest } = await packer.scan(request, ALWAYS);
  appendFileSync(join(root, 'a.q'), 'b');
  await expect(packer.pack(request, manifest.digest, ALWAYS)).rejects.toMatchObject({
    failure: { kind: 'refused', code: 'folder-changed', facts: { expected: manifest.digest } },
  });
});

test('with a change in between, long runs are told as what a multipart upload can copy', async () => {
  const root = temporaryFolder();
  const files = Object.fromEntries(
    Array.from({ length: 24 }, (_, at) => [
      `data/${String(at).padStart(2, '0')}.gz`,
      noise(1_900_000, at + 1),
    ]),
  );
  write(root, { ...files, 'data/12.q': qText(5_000) });
  const request = requestFor(root);
  const first = await packer.pack(request, undefined, ALWAYS);
  expect(first.reusedRanges).toBeUndefined();
  const before = readFileSync(first.file);
  writeFileSync(join(root, 'data/12.q'), qText(5_200, 2));
  const second = await packer.pack(request, undefined, ALWAYS);
  const after = readFileSync(second.file);
  expect(second.reused).toBe(24);
  const { from, ranges } = second.reusedRanges!;
  expect(from).toEqual({ digest: first.manifest.digest, sha256: first.sha256, size: first.size });
  expect(ranges).toHaveLength(2);
  let end = 0;
  let shared = 0;
  for (const { start, previousStart, length } of ranges) {
    expect(start).toBeGreaterThanOrEqual(end);
    expect(length).toBeGreaterThanOrEqual(5 * MEBI);
    expect(
      after.subarray(start, start + length).equals(before.subarray(previousStart, previousStart + length)),
    ).toBe(true);
    end = start + length;
    shared += length;
  }
  expect(second.size - shared).toBeLessThan(10_000);
  expect((await afresh(request)).sha256).toBe(second.sha256);
  // The zip is asked for once more before it is uploaded: what it shares is still known.
  expect((await packer.pack(request, undefined, ALWAYS)).reusedRanges).toEqual(second.reusedRanges);
});

test('a folder that becomes large, or small again, is packed at the level of its size', async () => {
  const root = temporaryFolder();
  write(root, { 'a.q': qText(400_000), 'b.q': qText(300_000, 2) });
  const request = requestFor(root);
  const small = await packer.pack(request, undefined, ALWAYS);
  write(root, { 'large.bin': Buffer.alloc(17 * MEBI, 'abcdefgh') });
  const large = await packer.pack(request, undefined, ALWAYS);
  expect(large.reused).toBe(0);
  expect((await afresh(request)).sha256).toBe(large.sha256);
  rmSync(join(root, 'large.bin'));
  const again = await packer.pack(request, undefined, ALWAYS);
  expect(again.sha256).toBe(small.sha256);
});

test('a large file that is touched, not changed, is copied', async () => {
  const root = temporaryFolder();
  const content = qText(3_000_000);
  write(root, { 'large.csv': content, 'a.q': 'a' });
  const request = requestFor(root);
  const first = await packer.pack(request, undefined, ALWAYS);
  writeFileSync(join(root, 'large.csv'), content);
  writeFileSync(join(root, 'a.q'), 'b');
  const second = await packer.pack(request, undefined, ALWAYS);
  expect(second.reused).toBe(1);
  expect(second.manifest.digest).not.toBe(first.manifest.digest);
  expect((await afresh(request)).sha256).toBe(second.sha256);
});
