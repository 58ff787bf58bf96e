// A random sample, which its printed seed brings back.

/**
 * @template T
 * @param {readonly T[]} all
 * @param {number} count
 * @param {number} seed
 * @returns {T[]} In the order of `all`; all of them where there are no more.
 */
export function draw(all, count, seed) {
  const random = mulberry32(seed);
  const left = all.map((_, index) => index);
  const drawn = [];
  while (drawn.length < count && left.length > 0)
    drawn.push(...left.splice(Math.floor(random() * left.length), 1));
  return drawn.toSorted((a, b) => a - b).flatMap((index) => all.slice(index, index + 1));
}

/** The generator mulberry32 of Tommy Ettinger, public domain. @param {number} seed */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
