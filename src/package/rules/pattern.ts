/**
 * One line of an ignore file as git reads it: https://git-scm.com/docs/gitignore, and git's dir.c for cases
 * that this page does not describe.
 */
import { lowerCase } from './bytes';
import { compileWildcards, matchesWildcards, type Wildcards } from './wildmatch';

export interface Pattern {
  /** True if the line began with `!`. */
  readonly negative: boolean;
  /** True if the line ended with a slash. */
  readonly foldersOnly: boolean;
  /**
   * True if the pattern is a path relative to the folder of its file; otherwise the pattern is a name at any
   * depth.
   */
  readonly tied: boolean;
  /** The beginning without wildcards; each match begins with it. */
  readonly start: string;
  /** The rest after the beginning; undefined if there is none. */
  readonly wildcards: Wildcards | undefined;
}

const WILD = /[*?[\\]/;

/**
 * Parses one line. As in git before 2.52, a pattern's beginning without wildcards is cut off before the rest
 * is examined, so that two stars right after that beginning count as if a path began there: `logs**` followed
 * by `/old` also matches `logsold` and `logs/a/b/old`. So Slipway leaves out more than newer versions of git
 * do.
 * @param line bytes, without the line end and the spaces before it (except for an escaped one)
 * @param fold true if case is ignored for ASCII letters
 * @returns undefined for a line that can match nothing
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

/** @param text the path relative to the folder of the pattern's file if the pattern is tied, else the name */
export function matchesPattern({ start, wildcards }: Pattern, text: string): boolean {
  if (wildcards === undefined) return text === start;
  return text.startsWith(start) && matchesWildcards(wildcards, text, start.length);
}
