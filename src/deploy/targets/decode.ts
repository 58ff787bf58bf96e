/** Decodes the bytes of a `slipway.json`: UTF-8, with or without a byte order mark. */
import type { TargetKinds } from '../port/target-kind';
import { LARGEST_TEXT, tooLong } from './limits';
import { parseTargets, type TargetsFile } from './parse';
import type { TargetProblem } from './problem';

/**
 * A file with more bytes than this is always longer than {@link LARGEST_TEXT}: a UTF-16 unit has up to
 * three bytes in UTF-8, and a byte order mark has three, too.
 */
export const MOST_BYTES = 3 * LARGEST_TEXT + 3;

/** As {@link parseTargets}. @param bytes the whole file, or more than {@link MOST_BYTES} of its beginning. */
export function parseTargetsFile(bytes: Uint8Array, kinds: TargetKinds): TargetsFile {
  if (bytes.length > MOST_BYTES) return { entries: [], problems: [tooLong(bytes.length)] };
  const other = otherEncoding(bytes);
  if (other !== undefined) return { entries: [], problems: [notUtf8(other)] };
  try {
    return parseTargets(new TextDecoder('utf-8', { fatal: true }).decode(bytes), kinds);
  } catch (thrown) {
    // Only the decoder throws a `TypeError`; the parser never throws.
    if (thrown instanceof TypeError) return { entries: [], problems: [notUtf8()] };
    throw thrown;
  }
}

/** @param encoding the name of the encoding; undefined where it is not known */
export function notUtf8(encoding?: string): TargetProblem {
  const facts = encoding === undefined ? {} : { encoding };
  return { source: 'rule', code: 'not-utf8', facts, range: { offset: 0, length: 1 } };
}

/** Recognizes UTF-16 even without a byte order mark, by a NUL among the first bytes: JSON never contains one. */
function otherEncoding([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'UTF-32 LE' : 'UTF-16 LE';
  if (first === 0xfe && second === 0xff) return 'UTF-16 BE';
  if (first === 0) return second === 0 ? 'UTF-32 BE' : 'UTF-16 BE';
  return second === 0 ? 'UTF-16 LE' : undefined;
}
