// Says from time to time that a long step still goes on, and at its end how long it took.

/**
 * @template T
 * @param {string} what Names the step: `VS Code`.
 * @param {() => Promise<T>} work
 * @param {{ everyMs?: number, say?: (line: string) => void, now?: () => number }} [options]
 * @returns {Promise<T>} What the work gives; a step that fails says nothing of its end.
 */
export async function tellingElapsed(
  what,
  work,
  { everyMs = 30_000, say = console.log, now = Date.now } = {},
) {
  const began = now();
  const timer = setInterval(
    () => say(`setup: ${what}: still going on after ${inWords(now() - began)}`),
    everyMs,
  );
  try {
    const result = await work();
    say(`setup: ${what}: done in ${inWords(now() - began)}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** @param {number} ms @returns {string} Such as `1 min 15 s`. */
export function inWords(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
