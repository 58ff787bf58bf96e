/** Limits of a `slipway.json`: it is read as soon as a folder is opened, and anybody may have written it. */
import { createScanner } from 'jsonc-parser';
import type { TargetProblem } from './problem';

/** The maximum length of the text, in UTF-16 units. */
export const LARGEST_TEXT = 262_144;
/** The maximum depth of nested objects and lists; a target's deepest object, an argument, is at depth 5. */
export const DEEPEST = 32;
/** The maximum number of targets in one file. */
export const MOST_TARGETS = 1_000;

/**
 * Returns the problem of a text that is too long or nested too deep; undefined if it is neither. Reads the
 * text once, token by token, without recursion.
 */
export function brokenLimit(text: string): TargetProblem | undefined {
  if (text.length > LARGEST_TEXT) return tooLong(text.length);
  const scanner = createScanner(text, true);
  let depth = 0;
  // Only the token at the end of the text has no length.
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const range = { offset: scanner.getTokenOffset(), length: scanner.getTokenLength() };
    const first = text.charAt(range.offset);
    if (first === '{' || first === '[') depth += 1;
    else if (first === '}' || first === ']') depth -= 1;
    if (depth > DEEPEST) return { source: 'rule', code: 'too-deep', facts: { most: DEEPEST }, range };
  }
  return undefined;
}

/** @param length in characters, or in bytes where the file was not decoded */
export function tooLong(length: number): TargetProblem {
  const facts = { length, most: LARGEST_TEXT };
  return { source: 'rule', code: 'too-large-file', facts, range: { offset: 0, length: 1 } };
}
