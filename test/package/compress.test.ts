/** What is deflated, what is stored without a try, and how pieces make one stream. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { compress, compressPiece } from '../../src/package/zip/compress';
import { Deflater } from '../../src/package/zip/deflater';
import { noise, qText } from './fixture';

/** How the content is written, and whether deflate was tried. */
function written(bytes: Buffer) {
  const deflater = new Deflater();
  const tried = vi.spyOn(deflater, 'deflate');
  const target = Buffer.alloc(bytes.length + 5);
  const { method, compressedSize } = compress(bytes, { level: 6, deflater }, target, 5);
  const data = target.subarray(5, 5 + compressedSize);
  expect((method === 8 ? inflateRawSync(data) : data).equals(bytes)).toBe(true);
  return { method, tried: tried.mock.calls.length };
}

/** Every byte as often as every other, so that only a try shows what it deflates to. */
const EVEN = Buffer.alloc(
  64 * 1024,
  Buffer.from(Array.from({ length: 256 }, (_, byte) => (byte * 167) % 256)),
);

/** Noise with something else in its middle, where it is looked at first. */
function around(middle: Buffer): Buffer {
  const bytes = noise(64 * 1024);
  middle.copy(bytes, bytes.length >>> 1);
  return bytes;
}

/** Bytes from a few values only. */
const few = (length: number, values: number): Buffer =>
  noise(length).map((byte) => 128 + (byte % values)) as Buffer;

test.each<[string, number, number, Buffer]>([
  ['nothing', 0, 0, Buffer.alloc(0)],
  ['text', 8, 1, Buffer.from(qText(100_000))],
  ['noise', 0, 0, noise(100_000)],
  ['as much noise as is judged', 0, 0, noise(4_096)],
  ['less noise than is judged', 0, 1, noise(4_095)],
  ['bytes that are spread evenly and repeat themselves', 8, 1, EVEN],
  ['noise around 256 letters', 8, 1, around(Buffer.alloc(256, 'a'))],
  ['noise around 255 letters', 0, 0, around(Buffer.alloc(255, 'a'))],
  ['bytes beyond ASCII, but few of them', 8, 1, Buffer.from(few(50_000, 100))],
])('%s: method %d, deflated %d times', (_, method, tried, bytes) => {
  expect(written(bytes)).toEqual({ method, tried });
});

test('pieces are one stream, and each knows what stands before it', () => {
  const text = Buffer.from(qText(90_000));
  const random = noise(70_000);
  const whole = Buffer.concat([text, random, text]);
  const cuts = [0, 90_000, 160_000, 250_000];
  const pieces = cuts.slice(1).map((end, at) => {
    const start = cuts[at] ?? 0;
    const before = whole.subarray(Math.max(0, start - 32_768), start);
    return compressPiece(whole.subarray(start, end), before, 6, end === whole.length);
  });
  expect(inflateRawSync(Buffer.concat(pieces)).equals(whole)).toBe(true);
  // Without its end it is none.
  expect(() => inflateRawSync(Buffer.concat(pieces.slice(0, 2)))).toThrow();
  // What is noise is stored, at a few bytes for each block; what was just there is told by where it was.
  expect(pieces[1]!.length).toBeGreaterThan(random.length);
  const again = text.subarray(0, 20_000);
  expect(compressPiece(again, again, 6, true).length).toBeLessThan(
    compressPiece(again, Buffer.alloc(0), 6, true).length / 4,
  );
  expect(compressPiece(again, Buffer.alloc(0), 6, true)).toEqual(
    deflateRawSync(again, { level: 6, memLevel: 9 }),
  );
});
