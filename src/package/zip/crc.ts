/** Computes the CRC-32 of two joined byte sequences from the CRC-32 of each and the length of the second. */

const POLYNOMIAL = 0xedb8_8320;

/**
 * CRC-32 of A followed by B. A zero bit appended to A multiplies A's remainder by x in the field of the CRC's
 * polynomial. So A's CRC is multiplied by x to the power of the number of bits in B; then B's CRC is added
 * (xor). `lengthOfB`: in bytes.
 */
export function combineCrc32(crcOfA: number, crcOfB: number, lengthOfB: number): number {
  return (multiply(crcOfA, powerOfX(8 * lengthOfB)) ^ crcOfB) >>> 0;
}

/** Multiplies bit-reversed polynomials: the highest bit is the coefficient of x^0. */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bit = 31; bit >= 0; bit--) {
    if ((a >>> bit) & 1) product ^= shifted;
    shifted = shifted & 1 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
  }
  return product >>> 0;
}

/** x to the power of `exponent`, by squaring. */
function powerOfX(exponent: number): number {
  let result = 0x8000_0000;
  let square = 0x4000_0000;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}
