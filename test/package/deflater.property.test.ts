/** What the speed of packing rests on must not show in the bytes. */
import { deflateRawSync } from 'node:zlib';
import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { Deflater, MEM_LEVEL } from '../../src/package/zip/deflater';
import { CASES } from './fixture';

const LONGEST = 150_000;
/** Words of which some are rare: text that repeats itself from near and from far. */
const TEXT = Buffer.from(
  Array.from({ length: 40_000 }, (_, n) => `w${(n * n) % 997}${n % 13 === 0 ? n : ' '}`).join(';'),
);

/** A content: where it is cut out of the text, and how long it is. Short ones after long ones are the danger. */
const content = tuple(
  integer({ min: 0, max: TEXT.length - LONGEST }),
  constantFrom(1, 2, 3, 40, 900, 5000, 30_000, 65_273, 65_274, 65_535, 65_536, 65_537, LONGEST),
  integer({ min: 0, max: 40 }),
).map(([start, length, less]) => TEXT.subarray(start, start + Math.max(1, length - less)));

test('a state of zlib that is used again deflates to the bytes of a new one', () => {
  const deflaters = new Map([3, 6].map((level) => [level, new Deflater()]));
  const target = Buffer.alloc(LONGEST + 10);
  assert(
    property(constantFrom(...deflaters.keys()), array(content, { maxLength: 6 }), (level, contents) => {
      for (const bytes of contents) {
        const length = deflaters.get(level)?.deflate(bytes, level, target, 7);
        const fresh = deflateRawSync(bytes, { level, memLevel: MEM_LEVEL });
        if (fresh.length >= bytes.length) expect(length).toBeUndefined();
        else expect(target.subarray(7, 7 + (length ?? 0)).equals(fresh)).toBe(true);
      }
    }),
    CASES,
  );
});

test('one deflater serves several levels', () => {
  const deflater = new Deflater();
  const target = Buffer.alloc(30_000);
  for (const level of [3, 6, 6, 3]) {
    const bytes = TEXT.subarray(0, 30_000 - level);
    const length = deflater.deflate(bytes, level, target, 0);
    expect(target.subarray(0, length)).toEqual(deflateRawSync(bytes, { level, memLevel: MEM_LEVEL }));
  }
});
