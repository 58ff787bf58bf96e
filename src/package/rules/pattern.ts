/** One line of an ignore file as git reads it: https://git-scm.com/docs/gitignore, and dir.c where that is silent. */
import { lowerCase } from './bytes';
import { compileWildcards, matchesWildcards, type Wildcards } from './wildmatch';

export interface Pattern {
  /** True if the line began with `!`. */
  readonly negative: boolean;
  /** True if the line ended with a slash. */
  readonly foldersOnly: boolean;
  /** True if it is a path from the folder of its file on; otherwise it is a name at any depth. */
  readonly tied: boolean;
  /** The beginning without wildcards, with which each match begins. */
  readonly start: string;
  /** What follows the beginning; undefined where nothing does. */
  readonly wildcards: Wildcards | undefined;
}

const WILD = /[*?[\\]/;

/**
 * git cuts off a pattern's beginning without wildcards before it looks at the rest. Two stars right behind that
 * beginning then count as if a path began there: `logs**` with `/old` behind it also matches `logsold` and
 * `logs/a/b/old`. git 2.52 changed this; like earlier versions, Slipway leaves out more.
 * @param line Bytes, without spaces at its end and without the line's end.
 * @param fold True: case is ignored for ASCII letters.
 * @returns Undefined for a line that can match nothing.
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

/** @param text The path from the folder of the pattern's file on where the pattern is tied, else the name. */
export function matchesPattern({ start, wildcards }: Pattern, text: string): boolean {
  if (wildcards === undefined) return text === start;
  return text.startsWith(start) && matchesWildcards(wildcards, text, start.length);
}
