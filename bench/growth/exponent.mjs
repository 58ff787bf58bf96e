// How a cost grows.

/**
 * The power of the size with which a cost grows: 1 for work that is linear in it, 2 for quadratic work.
 * @param {number} before The cost of the smaller size. @param {number} after The cost of the larger one.
 * @param {number} factor How many times the size has become.
 */
export function exponent(before, after, factor) {
  return Math.log(after / before) / Math.log(factor);
}
