/** Whether a change of gitignore patterns may let more files be uploaded. The last pattern that matches a file decides. */

/** Patterns that bring files back: whatever is added, or comes at another place, may bring more. */
export function widensIncluded(before: unknown, now: readonly string[]): boolean {
  return !isNarrowing(now, before);
}

/** Patterns that leave files out: whatever is taken away, or comes at another place, may let more through. */
export function widensIgnored(before: unknown, now: readonly string[]): boolean {
  return !isNarrowing(before, now);
}

/** Whether `more` is `fewer` with patterns put between, none of which takes back what another one says. */
function isNarrowing(fewer: unknown, more: unknown): boolean {
  if (!Array.isArray(fewer) || !Array.isArray(more)) return false;
  let found = 0;
  for (const pattern of more) {
    if (found < fewer.length && pattern === fewer[found]) found += 1;
    else if (typeof pattern !== 'string' || pattern.startsWith('!')) return false;
  }
  return found === fewer.length;
}
