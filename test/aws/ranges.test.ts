import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cut, rangeHeader, sizeOf } from '../../src/aws/s3/ranges';

/** What S3 does with a range. https://www.rfc-editor.org/rfc/rfc9110#name-range-requests */
function serve(object: Uint8Array, header: string) {
  const size = object.byteLength;
  const suffix = /^bytes=-(\d+)$/.exec(header)?.[1];
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const from = suffix === undefined ? Number(first) : Math.max(0, size - Number(suffix));
  const to = suffix === undefined ? Math.min(Number(last), size - 1) : size - 1;
  if (!(from <= to)) return undefined;
  return { bytes: object.subarray(from, to + 1), ContentRange: `bytes ${from}-${to}/${size}` };
}

it('gives the bytes that were asked for, whatever part S3 has to be asked for', () => {
  const property = fc.property(
    fc.uint8Array({ minLength: 1, maxLength: 40 }),
    fc.integer({ min: -50, max: 50 }),
    fc.nat({ max: 50 }),
    (object, start, length) => {
      const from = start < 0 ? Math.max(0, object.byteLength + start) : start;
      const wanted = object.slice(from, from + length);
      const answer = serve(object, rangeHeader(start, length));
      if (answer === undefined) {
        expect(wanted).toHaveLength(0);
        return;
      }
      expect(sizeOf(answer)).toBe(object.byteLength);
      expect(cut(answer, start, length, object.byteLength)).toEqual(wanted);
    },
  );
  fc.assert(property, { numRuns: 1_000 });
});

it('takes the whole object for an answer without a range', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4);
  expect(sizeOf({ bytes })).toBe(4);
  expect(cut({ bytes }, -3, 2, 4)).toEqual(Uint8Array.of(2, 3));
});

it.each([
  ['bytes 5-9/20', 0, 5],
  ['bytes 0-4/20', 0, 6],
  ['nonsense', 0, 5],
])('refuses other bytes: %s', (ContentRange, start, length) => {
  expect(cut({ bytes: new Uint8Array(5), ContentRange }, start, length, 20)).toBeUndefined();
});
