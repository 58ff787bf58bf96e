/** Changes of gitignore patterns that may let more files be uploaded. The last pattern that matches a file decides. */

/** For patterns that include files: a pattern that is added or moved may include more. */
export function widensIncluded(before: unknown, now: readonly string[]): boolean {
  return !isNarrowing(now, before);
}

/** For patterns that leave files out: a pattern that is removed or moved may let more through. */
export function widensIgnored(before: unknown, now: readonly string[]): boolean {
  return !isNarrowing(before, now);
}

/** Returns true if `more` is `fewer` with patterns inserted, none of which is negated. */
function isNarrowing(fewer: unknown, more: unknown): boolean {
  if (!Array.isArray(fewer) || !Array.isArray(more)) return false;
  let found = 0;
  for (const pattern of more) {
    if (found < fewer.length && pattern === fewer[found]) found += 1;
    else if (typeof pattern !== 'string' || pattern.startsWith('!')) return false;
  }
  return found === fewer.length;
}
