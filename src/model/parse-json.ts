/** Parses JSON from untrusted sources. */

/** The deepest nesting of objects and lists that is parsed: far deeper than any data of Slipway's own. */
export const DEEPEST_JSON = 200;

/**
 * The value of a JSON text; undefined if the text is not JSON or is nested deeper than {@link DEEPEST_JSON}:
 * reading or writing a very deeply nested value would overflow the stack. A member `__proto__` becomes an
 * ordinary member of the value.
 */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

function isTooDeep(text: string): boolean {
  if (text.length <= DEEPEST_JSON) return false;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) inText = !inText;
    else if (inText) at += code === BACKSLASH ? 1 : 0;
    else if (OPENING.has(code)) depth += 1;
    else if (CLOSING.has(code)) depth -= 1;
    if (depth > DEEPEST_JSON) return true;
  }
  return false;
}
