/**
 * What two bytes side by side may be part of, as the scan for secrets asks for it: bits in a table.
 *
 * Numbers are written out, and stand in a module of their own: so the bundler puts them into the loop that needs them.
 */

/** Both stand in a run: letters, digits and `_/+-`. */
const OF_RUN = 1;
/** One of the two is `=`. */
const WITH_EQUALS = 2;
/** One of the two is `:`. */
export const WITH_COLON = 4;
/** Both are digits. */
const OF_DIGITS = 8;
/** One of the two is `d`, whether capital or not: what all names of parameters end with. */
const WITH_D = 16;
/** Of each pair. */
export const BITS = 5;

/** So many pairs are looked at together. Wherever a run of 20 bytes begins, it holds such a block as a whole. */
export const PAIRS = 5;
/** Bytes of a block. */
export const BLOCK = 10;
/** From the last pair to the one before the block. */
export const LAST_TO_BEFORE = 25;

// In a number that holds the bits of six pairs: the lowest are of the one before the block, the next of those in it.
export const RUN_IN_BLOCK = 0x0210_8420;
export const EQUALS_IN_BLOCK = 0x0421_0840;
export const COLON_IN_BLOCK = 0x0842_1080;
export const COLON_BEFORE_LAST = 0x0042_1084;
export const DIGITS_IN_BLOCK = 0x1084_2100;
export const DIGITS_IN_LAST = 0x1000_0000;
// From a bit of one pair to another of the next one, or (D_TO_EQUALS) of the same.
export const COLON_TO_DIGITS = 6;
export const DIGITS_TO_COLON = 4;
export const D_TO_NEXT_EQUALS = 2;
export const D_TO_EQUALS = 3;

export const IN_RUN = tableOf(/[A-Za-z0-9_/+-]/);
export const IS_DIGIT = tableOf(/[0-9]/);

/** By both bytes as one number of 16 bits; which of the two comes first does not matter. */
export const KINDS = kindsOfPairs();

/** 1 for the bytes that match, 0 for all others. */
export function tableOf(characters: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (characters.test(String.fromCharCode(byte)) ? 1 : 0));
}

function kindsOfPairs(): Uint8Array {
  const equals = tableOf(/=/);
  const colon = tableOf(/:/);
  const d = tableOf(/d/i);
  const kindOf = (byte: number): number =>
    (IN_RUN[byte] as number) * OF_RUN +
    (equals[byte] as number) * WITH_EQUALS +
    (colon[byte] as number) * WITH_COLON +
    (IS_DIGIT[byte] as number) * OF_DIGITS +
    (d[byte] as number) * WITH_D;
  const both = OF_RUN | OF_DIGITS;
  // Made from few different rows: every thread does so when it starts, and 65,536 calls would take it 10 ms.
  const rows = new Map<number, Uint8Array>();
  const table = new Uint8Array(0x10000);
  for (let byte = 0; byte < 256; byte++) {
    const one = kindOf(byte);
    const row =
      rows.get(one) ??
      Uint8Array.from(
        { length: 256 },
        (_, other) => (one & kindOf(other) & both) | ((one | kindOf(other)) & ~both),
      );
    rows.set(one, row);
    table.set(row, 256 * byte);
  }
  return table;
}
