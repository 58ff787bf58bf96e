/** One file of a far zip is what its directory says of it, or it is refused; nothing grows beyond what it says. */
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { writeLocalHeader } from '../../src/package/zip/layout';
import type { ZipEntry } from '../../src/package/zip-read/far-zip';
import { LARGEST_ENTRY, readZipEntry } from '../../src/package/zip-read/read-zip-entry';
import { ALWAYS } from './fixture';
import { CountedSource } from './range-source';

const MIB = 1024 * 1024;

/** A zip of one deflated or stored file, with a directory entry that may say something else. */
function given(content: Buffer, says: Partial<ZipEntry> = {}) {
  const method = says.method ?? 8;
  const data = method === 8 ? deflateRawSync(content) : content;
  const entry: ZipEntry = {
    path: 'a.q',
    size: content.length,
    compressedSize: data.length,
    crc32: crc32(content),
    method,
    encrypted: false,
    executable: false,
    offset: 0,
    ...says,
  };
  const header = Buffer.alloc(200);
  const end = writeLocalHeader(header, 0, { ...entry, method: 8 });
  const source = new CountedSource(Buffer.concat([header.subarray(0, end), data]));
  return { source, read: () => readZipEntry(source, entry, ALWAYS) };
}

const damaged = (facts: object = {}) => ({
  failure: {
    code: 'zip-damaged',
    facts: expect.objectContaining({ what: 'content', path: 'a.q', ...facts }),
  },
});
const unsupported = (what: string) => ({
  failure: { code: 'zip-unsupported', facts: expect.objectContaining({ what, path: 'a.q' }) },
});

describe('a file of a far zip', () => {
  test.each([0, 8])('is read, with method %d', async (method) => {
    const content = Buffer.from('a:1\n'.repeat(100));
    expect(Buffer.from(await given(content, { method }).read()).equals(content)).toBe(true);
    expect(await given(Buffer.alloc(0), { method }).read()).toHaveLength(0);
  });

  test('that inflates beyond what it says is stopped there, and not unpacked first', async () => {
    const bomb = given(Buffer.alloc(64 * MIB), { size: 10 });
    await expect(bomb.read()).rejects.toMatchObject(damaged({ code: 'ERR_BUFFER_TOO_LARGE' }));
    const nothing = given(Buffer.alloc(64 * MIB), { size: 0 });
    await expect(nothing.read()).rejects.toMatchObject(damaged({ code: 'ERR_BUFFER_TOO_LARGE' }));
  });

  test('that is shorter than it says, or has another CRC, is refused', async () => {
    const content = Buffer.from('a:1\n');
    await expect(given(content, { size: 5 }).read()).rejects.toMatchObject(damaged());
    await expect(given(content, { crc32: 1 }).read()).rejects.toMatchObject(damaged());
    await expect(given(content, { method: 0, size: 3 }).read()).rejects.toMatchObject(damaged());
  });

  test.each([{ size: LARGEST_ENTRY + 1 }, { compressedSize: LARGEST_ENTRY + 1 }])(
    'that says it is larger than is shown is not fetched: %o',
    async (says) => {
      const large = given(Buffer.from('a'), says);
      await expect(large.read()).rejects.toMatchObject(unsupported('large-entry'));
      expect(large.source.reads).toBe(0);
    },
  );

  test('as large as is shown is fetched', async () => {
    const content = Buffer.alloc(LARGEST_ENTRY);
    expect((await given(content).read()).length).toBe(LARGEST_ENTRY);
  });

  test('that is encrypted, or packed in a way nobody reads, is not fetched', async () => {
    const locked = given(Buffer.from('a'), { encrypted: true });
    await expect(locked.read()).rejects.toMatchObject(unsupported('encrypted'));
    const odd = given(Buffer.from('a'), { method: 12 });
    await expect(odd.read()).rejects.toMatchObject(unsupported('method'));
    expect(locked.source.reads + odd.source.reads).toBe(0);
  });
});
