/** A version of Node in which nothing lies beneath a stream of zlib that could be used again. */
import { deflateRawSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { Deflater, MEM_LEVEL } from '../../src/package/zip/deflater';
import { noise } from './fixture';

vi.mock('node:zlib', async (original) => ({
  ...(await original<typeof import('node:zlib')>()),
  createDeflateRaw: () => ({}),
}));

test('each content then gets a state of its own, and deflates to the same bytes', () => {
  const deflater = new Deflater();
  const target = Buffer.alloc(3_000, '-');
  for (const level of [3, 6]) {
    const bytes = Buffer.from(`level ${level} `.repeat(200));
    const expected = deflateRawSync(bytes, { level, memLevel: MEM_LEVEL });
    expect(deflater.deflate(bytes, level, target, 7)).toBe(expected.length);
    expect(target.subarray(7, 7 + expected.length)).toEqual(expected);
  }
  expect(`${target.subarray(0, 7)}`).toBe('-------');
});

test('what deflate does not make shorter is left as it is', () => {
  const target = Buffer.alloc(3_000, '-');
  for (const bytes of [noise(2_000), Buffer.from('ab'), Buffer.from('a')])
    expect(new Deflater().deflate(bytes, 6, target, 0)).toBeUndefined();
  // One byte shorter than what they deflate to, as long, and one byte longer.
  const border = ['abcdabcd', 'aabbabccbccddababdaa', 'abcdabcda'].map((text) => Buffer.from(text));
  expect(border.map((bytes) => new Deflater().deflate(bytes, 6, target, 0))).toEqual(
    border.map((bytes) => {
      const { length } = deflateRawSync(bytes, { level: 6, memLevel: MEM_LEVEL });
      return length < bytes.length ? length : undefined;
    }),
  );
});
