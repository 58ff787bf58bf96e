/**
 * Patterns with wildcards, matched as git's wildmatch.c does, in time that grows with the pattern's length times the
 * text's at most. Patterns and texts are bytes (`bytes.ts`).
 */
import { type ByteSet, readBracket } from './bracket';

/** A byte is its code; what is below 0 stands for a wildcard, from {@link FIRST_SET} downwards for a set. */
export interface Wildcards {
  readonly steps: readonly number[];
  readonly sets: readonly ByteSet[];
}

/** `?` */
const ANY_BYTE = -1;
/** `*`: any number of bytes without a slash. */
const STAR = -2;
/** `**` at the end, or before an escaped slash: any number of bytes. */
const STARS = -3;
/** A globstar with its slash: any number of folders, or none. */
const FOLDERS = -4;
const FIRST_SET = -5;
const SLASH = 0x2f;
/** Stands for the place of a star that was not met. */
const NONE = -1;

/**
 * @param fold Capitals of ASCII make no difference: the texts then have none.
 * @returns Undefined for a pattern that git takes for one that matches nothing, as one with a bracket left open.
 */
export function compileWildcards(pattern: string, fold: boolean): Wildcards | undefined {
  const steps: number[] = [];
  const sets: ByteSet[] = [];
  for (let at = 0; at < pattern.length; ) {
    const byte = pattern.charCodeAt(at);
    switch (pattern[at]) {
      case '\\':
        if (at + 1 === pattern.length) return undefined;
        // As in git, which makes no small letter of one that is escaped: in a folded text it is nowhere.
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

/** How many bytes at the end of every match are the same, whatever matches: bytes of the pattern, without wildcards. */
export function literalEnd({ steps }: Wildcards): string {
  const wild = steps.findLastIndex((step) => step < 0);
  return String.fromCharCode(...steps.slice(wild + 1));
}

/**
 * Whether all of the text from `from` on matches. Of each kind of star only the last one met is ever given more: what
 * was met before can take nothing over that a later one could not.
 */
export function matchesWildcards({ steps, sets }: Wildcards, text: string, from: number): boolean {
  let step = 0;
  let at = from;
  // Where to go on when what follows a star did not match, with the star given one byte more.
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
      // No star reaches back over a slash.
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
