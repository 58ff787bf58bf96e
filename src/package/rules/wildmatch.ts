/**
 * Patterns with wildcards, matched as git's wildmatch.c does, but in time that grows at most with the pattern's length
 * times the text's. Patterns and texts are bytes (`bytes.ts`).
 */
import { type ByteSet, readBracket } from './bracket';

/**
 * A pattern as a list of steps. A step of 0 or more is the code of a byte; a negative step is a wildcard. A step
 * `s` of {@link FIRST_SET} or less is a bracket expression; `sets[FIRST_SET - s]` is the set of bytes that it
 * matches.
 */
export interface Wildcards {
  readonly steps: readonly number[];
  readonly sets: readonly ByteSet[];
}

/** `?` */
const ANY_BYTE = -1;
/** `*`: any number of bytes without a slash. */
const STAR = -2;
/** `**` at the end, or before an escaped slash: any number of bytes, including slashes. */
const STARS = -3;
/** `**` together with the slash after it: any number of folders, or none. */
const FOLDERS = -4;
const FIRST_SET = -5;
const SLASH = 0x2f;
/** The value of `starStep` while no `*` can match more bytes, and of `openStep` while no `**` can. */
const NONE = -1;

/**
 * @param fold true if case is ignored for ASCII letters; the texts to be matched must then be in lower case
 * @returns undefined for a pattern that matches nothing in git, such as one with an open bracket
 */
export function compileWildcards(pattern: string, fold: boolean): Wildcards | undefined {
  const steps: number[] = [];
  const sets: ByteSet[] = [];
  for (let at = 0; at < pattern.length; ) {
    const byte = pattern.charCodeAt(at);
    switch (pattern[at]) {
      case '\\':
        if (at + 1 === pattern.length) return undefined;
        // As in git, an escaped capital is not changed to lower case, so it matches nothing in a folded text.
        steps.push(pattern.charCodeAt(at + 1));
        at += 2;
        break;
      case '?':
        steps.push(ANY_BYTE);
        at += 1;
        break;
      case '[': {
        const bracket = readBracket(pattern, at, fold);
        if (bracket === undefined) return undefined;
        steps.push(FIRST_SET - sets.length);
        sets.push(bracket.set);
        at = bracket.end;
        break;
      }
      case '*': {
        const stars = readStars(pattern, at);
        steps.push(stars.step);
        at = stars.end;
        break;
      }
      default:
        steps.push(literal(byte, fold));
        at += 1;
    }
  }
  return { steps, sets };
}

function literal(byte: number, fold: boolean): number {
  return fold && byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

function readStars(pattern: string, start: number): { readonly step: number; readonly end: number } {
  let end = start;
  while (pattern[end] === '*') end += 1;
  const tied = start === 0 || pattern[start - 1] === '/';
  if (end - start === 1 || !tied) return { step: STAR, end };
  if (pattern[end] === '/') return { step: FOLDERS, end: end + 1 };
  const open = end === pattern.length || pattern.startsWith('\\/', end);
  return { step: open ? STARS : STAR, end };
}

/** The part of the pattern after the last wildcard: every match ends with these bytes. */
export function literalEnd({ steps }: Wildcards): string {
  const wild = steps.findLastIndex((step) => step < 0);
  return String.fromCharCode(...steps.slice(wild + 1));
}

/**
 * Whether the pattern matches all of the text from `from` on. Of each kind of star, only the last one that
 * was met is tried with more bytes: if this does not lead to a match, more bytes for an earlier star do not,
 * either.
 */
export function matchesWildcards({ steps, sets }: Wildcards, text: string, from: number): boolean {
  let step = 0;
  let at = from;
  // Where to continue if the steps after a star do not match: `star…` after the last `*`, which then matches one
  // more byte; `open…` after the last `**`, which then matches one more byte or folder.
  let starStep = NONE;
  let starAt = 0;
  let openStep = NONE;
  let openAt = 0;
  let byFolder = false;
  for (;;) {
    const wanted = steps[step];
    if (wanted === undefined) {
      if (at === text.length) return true;
    } else if (wanted === STAR) {
      step += 1;
      starStep = step;
      starAt = at;
      continue;
    } else if (wanted === STARS || wanted === FOLDERS) {
      step += 1;
      if (wanted === STARS && step === steps.length) return true;
      openStep = step;
      openAt = at;
      byFolder = wanted === FOLDERS;
      starStep = NONE;
      continue;
    } else if (at < text.length && isByte(wanted, text.charCodeAt(at), sets)) {
      // The last `*` cannot match more bytes: it would have to match this slash.
      if (wanted === SLASH) starStep = NONE;
      step += 1;
      at += 1;
      continue;
    }
    if (starStep !== NONE && starAt < text.length && text.charCodeAt(starAt) !== SLASH) {
      starAt += 1;
      step = starStep;
      at = starAt;
      continue;
    }
    if (openStep === NONE) return false;
    const next = byFolder ? text.indexOf('/', openAt) : openAt;
    if (next === -1 || next >= text.length) return false;
    openAt = next + 1;
    step = openStep;
    at = openAt;
    starStep = NONE;
  }
}

function isByte(wanted: number, byte: number, sets: readonly ByteSet[]): boolean {
  if (wanted >= 0) return wanted === byte;
  return wanted === ANY_BYTE ? byte !== SLASH : sets[FIRST_SET - wanted]?.[byte] === 1;
}
