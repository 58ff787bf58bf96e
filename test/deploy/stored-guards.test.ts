/** A zip that lies under the right name is used again only when its bytes, its directory and its etag are the right ones. */
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ObjectStore } from '../../src/deploy/ports';
import { isZip, lookAtStored } from '../../src/deploy/stored';
import { failed } from '../../src/model/failure';
import type { Manifest } from '../../src/package/manifest';
import type { PackedZip } from '../../src/package/packer';
import { type CentralEntry, centralDirectory, writeLocalHeader } from '../../src/package/zip/layout';
import { awsFailure } from '../operations/data';
import { ALWAYS, newPacker, noise, requestFor, temporaryFolder, write } from '../package/fixture';

const AT = { bucket: 'b', key: 'k.zip' };
const MIB = 1024 * 1024;

/** One object as S3 serves it: a read that names another etag is refused. `etag` may change between two answers. */
function storing(bytes: Buffer, etag: () => string = () => 'e'): ObjectStore & { readonly pinned: string[] } {
  const size = bytes.length;
  const pinned: string[] = [];
  const store: Pick<ObjectStore, 'head' | 'read'> = {
    head: async () => ({ etag: etag(), size, metadata: {} }),
    read: async (_, { start, length, ifMatch }) => {
      const own = etag();
      pinned.push(ifMatch ?? 'nothing');
      if (ifMatch !== undefined && ifMatch !== own)
        throw failed(awsFailure({ service: 's3', reason: 'precondition' }));
      const from = start < 0 ? Math.max(0, size + start) : start;
      return { bytes: bytes.subarray(from, from + length), size, etag: own };
    },
  };
  return Object.assign(store as ObjectStore, { pinned });
}

/** A zip of stored files, as anybody can make it. */
function zipOf(files: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const entries: CentralEntry[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const { length } = content;
    const entry = { path, method: 0, crc32: crc32(content), size: length, compressedSize: length } as const;
    const header = Buffer.alloc(1024);
    const whole = Buffer.concat([header.subarray(0, writeLocalHeader(header, 0, entry)), content]);
    entries.push({ ...entry, executable: false, offset });
    parts.push(whole);
    offset += whole.length;
  }
  return Buffer.concat([...parts, centralDirectory(entries, offset)]);
}

/**
 * Other bytes with the same CRC-32: the generator polynomial, least significant bit first, taken from or added to a
 * content changes nothing of its remainder.
 */
function withSameCrc(content: Buffer): Buffer {
  const other = Buffer.from(content);
  for (const [at, bits] of [0x41, 0x06, 0x71, 0xdb, 0x01].entries()) other[at] = other[at]! ^ bits;
  return other;
}

describe('a small zip', () => {
  const content = Buffer.from('trade:([] time:`timestamp$(); sym:`$())\n');
  let zip: PackedZip;
  let bytes: Buffer;
  beforeAll(async () => {
    const root = temporaryFolder();
    write(root, { 'a.q': content });
    zip = await newPacker().pack(requestFor(root), undefined, ALWAYS);
    bytes = readFileSync(zip.file);
  });

  test('is the same where only its zlib differs', async () => {
    const look = await lookAtStored(storing(zipOf({ 'a.q': content })), AT, zip.manifest, ALWAYS);
    expect(look).toEqual({ kind: 'same', etag: 'e' });
  });

  test('is another where a file differs, even if size and CRC are the same', async () => {
    const forged = withSameCrc(content);
    expect([crc32(forged), forged.equals(content)]).toEqual([crc32(content), false]);
    const store = storing(zipOf({ 'a.q': forged }));
    expect(await lookAtStored(store, AT, zip.manifest, ALWAYS)).toEqual({ kind: 'different' });
  });

  test.each([
    ['a further file', { 'a.q': content, 'b.q': Buffer.alloc(0) }],
    ['a file less', {}],
    ['another name', { 'b.q': content }],
  ])('is another with %s in its directory', async (_, files) => {
    expect(await lookAtStored(storing(zipOf(files)), AT, zip.manifest, ALWAYS)).toEqual({
      kind: 'different',
    });
  });

  test('is another with an executable bit that nobody gave it', async () => {
    const [entry] = zip.manifest.entries;
    const manifest: Manifest = { ...zip.manifest, entries: [{ ...entry!, executable: true }] };
    expect(await lookAtStored(storing(bytes), AT, manifest, ALWAYS)).toEqual({ kind: 'different' });
  });

  test('is looked at under the etag that is reported, and not known when it is replaced meanwhile', async () => {
    const store = storing(bytes);
    await lookAtStored(store, AT, zip.manifest, ALWAYS);
    expect(store.pinned).toEqual(['e']);
    const etags = ['first', 'second', 'second'];
    const replaced = storing(bytes, () => etags.shift() ?? 'second');
    expect(await lookAtStored(replaced, AT, zip.manifest, ALWAYS)).toMatchObject({
      kind: 'unknown',
      failure: { reason: 'precondition' },
    });
  });

  test('is the one that was sent only byte for byte, and under its etag', async () => {
    expect(await isZip(storing(bytes), AT, 'e', zip, ALWAYS)).toBe(true);
    expect(await isZip(storing(zipOf({ 'a.q': content })), AT, 'e', zip, ALWAYS)).toBe(false);
    expect(await isZip(storing(Buffer.concat([bytes, Buffer.of(0)])), AT, 'e', zip, ALWAYS)).toBe(false);
    await expect(isZip(storing(bytes), AT, 'other', zip, ALWAYS)).rejects.toMatchObject({
      failure: { reason: 'precondition' },
    });
  });
});

describe('a large zip', () => {
  let zip: PackedZip;
  let bytes: Buffer;
  beforeAll(async () => {
    const root = temporaryFolder();
    write(root, { 'a.q': 'a:1', 'noise.bin': noise(9 * MIB) });
    zip = await newPacker().pack(requestFor(root), undefined, ALWAYS);
    bytes = readFileSync(zip.file);
  });

  test('is known by its directory, which is read under the etag', async () => {
    const store = storing(bytes);
    expect(await lookAtStored(store, AT, zip.manifest, ALWAYS)).toEqual({ kind: 'same', etag: 'e' });
    expect(new Set(store.pinned)).toEqual(new Set(['e']));
    const etags = ['first'];
    const replaced = storing(bytes, () => etags.shift() ?? 'second');
    expect(await lookAtStored(replaced, AT, zip.manifest, ALWAYS)).toEqual({ kind: 'different' });
  });

  test('is another when its directory names other files', async () => {
    const manifest = { ...zip.manifest, entries: zip.manifest.entries.slice(0, 1) };
    expect(await lookAtStored(storing(bytes), AT, manifest, ALWAYS)).toEqual({ kind: 'different' });
    expect(await isZip(storing(bytes), AT, 'e', { ...zip, manifest }, ALWAYS)).toBe(false);
  });

  test('is the one that was sent only at its size and under its etag', async () => {
    expect(await isZip(storing(bytes), AT, 'e', zip, ALWAYS)).toBe(true);
    expect(await isZip(storing(Buffer.concat([Buffer.of(0), bytes])), AT, 'e', zip, ALWAYS)).toBe(false);
    await expect(isZip(storing(bytes), AT, 'other', zip, ALWAYS)).rejects.toMatchObject({
      failure: { code: 'zip-changed' },
    });
  });
});
