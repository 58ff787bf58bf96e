/** The order of paths in all manifests and zips: byte for byte in UTF-8, whatever the machine's language. */

/**
 * Negative, zero or positive if `a` comes before, equals, or comes after `b`. JavaScript compares UTF-16
 * units, which differs from UTF-8 only where a surrogate (half of a character beyond U+FFFF) meets a unit
 * from U+E000 on.
 */
export function compareUtf8(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}
