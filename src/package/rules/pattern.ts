/** One line of an ignore file as git reads it: https://git-scm.com/docs/gitignore, and dir.c where that is silent. */
import { lowerCase } from './bytes';
import { compileWildcards, matchesWildcards, type Wildcards } from './wildmatch';

export interface Pattern {
  /** Began with `!`. */
  readonly negative: boolean;
  /** Ended with a slash. */
  readonly foldersOnly: boolean;
  /** Counts from the place of its file; otherwise it is a name at any depth. */
  readonly tied: boolean;
  /** What each match begins with. */
  readonly start: string;
  /** What follows the start; undefined: nothing at all. */
  readonly wildcards: Wildcards | undefined;
}

const WILD = /[*?[\\]/;

/**
 * git takes a pattern's beginning without wildcards off before it looks at the rest, so that two stars right behind it
 * count as if a path began there: `logs**` with `/old` behind it is also `logsold` and `logs/a/b/old`. git 2.52 ended
 * that; earlier ones leave out more, and so does this.
 * @param line Bytes, without spaces at its end and without the line's end.
 * @param fold Capitals of ASCII make no difference.
 * @returns Undefined for what can match nothing.
 */
export function parsePattern(line: string, fold: boolean): Pattern | undefined {
  const negative = line.startsWith('!');
  const foldersOnly = line.endsWith('/');
  const body = line.slice(negative ? 1 : 0, foldersOnly ? -1 : undefined);
  const tied = body.includes('/');
  const written = body.startsWith('/') ? body.slice(1) : body;
  if (written === '') return undefined;
  const wild = written.search(WILD);
  const start = wild === -1 ? written : written.slice(0, wild);
  const wildcards = wild === -1 ? undefined : compileWildcards(written.slice(wild), fold);
  if (wild !== -1 && wildcards === undefined) return undefined;
  return { negative, foldersOnly, tied, start: fold ? lowerCase(start) : start, wildcards };
}

/** @param text The path from the pattern's place on where it is tied, else the name. */
export function matchesPattern({ start, wildcards }: Pattern, text: string): boolean {
  if (wildcards === undefined) return text === start;
  return text.startsWith(start) && matchesWildcards(wildcards, text, start.length);
}
