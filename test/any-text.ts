/** Text of any code points at all, halves of pairs among them. */
import fc from 'fast-check';

/** `unit: 'binary'` of fast-check draws the same, and first lists all 1.1 million code points: a second in each process. */
const unit = fc.integer({ min: 0, max: 0x10ffff }).map(
  (codePoint) => String.fromCodePoint(codePoint),
  (text) => codePointOf(String(text)),
);

export function anyText(size: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ unit, ...size });
}

/** @throws for what is not one code point, as fast-check wants it of a way back. */
function codePointOf(text: string): number {
  const codePoint = text.codePointAt(0);
  if (codePoint === undefined || text !== String.fromCodePoint(codePoint))
    throw new Error('not one code point');
  return codePoint;
}
