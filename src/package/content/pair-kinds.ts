/**
 * The kinds of text to which two neighbouring bytes may belong, as bits in a table, for the scan for secrets. The masks
 * are numbers in a separate module, so that the bundler can inline them in the loop that needs them.
 */

/** Both bytes can be part of a run: letters, digits and `_/+-`. */
const OF_RUN = 1;
/** One of the bytes is `=`. */
const WITH_EQUALS = 2;
/** One of the bytes is `:`. */
export const WITH_COLON = 4;
/** Both bytes are digits. */
const OF_DIGITS = 8;
/** One of the bytes is `d` or `D`, with which all names of password parameters end. */
const WITH_D = 16;
/** Number of bits for each pair. */
export const BITS = 5;

/** Number of pairs that are examined together, as a block. Any run of 20 bytes contains a whole block. */
export const PAIRS = 5;
/** Bytes of a block. */
export const BLOCK = 10;
/** The shift that moves the bits of a block's last pair to the place of the pair before the next block. */
export const LAST_TO_BEFORE = 25;

// Masks for a number with the bits of six pairs: the lowest bits belong to the pair before the block, the next ones to
// the pairs in it.
export const RUN_IN_BLOCK = 0x0210_8420;
export const EQUALS_IN_BLOCK = 0x0421_0840;
export const COLON_IN_BLOCK = 0x0842_1080;
export const COLON_BEFORE_LAST = 0x0042_1084;
export const DIGITS_IN_BLOCK = 0x1084_2100;
export const DIGITS_IN_LAST = 0x1000_0000;
// Shifts that move a bit of one pair onto another bit: D_TO_EQUALS within the same pair, all others in the
// next pair.
export const COLON_TO_DIGITS = 6;
export const DIGITS_TO_COLON = 4;
export const D_TO_NEXT_EQUALS = 2;
export const D_TO_EQUALS = 3;

export const IN_RUN = tableOf(/[A-Za-z0-9_/+-]/);
export const IS_DIGIT = tableOf(/[0-9]/);

/** The bits of each pair. The index is the pair's two bytes, in either order, as one 16-bit number. */
export const KINDS = kindsOfPairs();

/** A table with 1 for the bytes that match, and 0 for all others. */
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
  // The table is put together from the few rows that differ: every thread makes it at its start, and to compute
  // all 65,536 values one by one takes 10 ms.
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
