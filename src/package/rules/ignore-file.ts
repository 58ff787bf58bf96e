/** Reads the lines of an ignore file as rules: https://git-scm.com/docs/gitignore. */

import type { RuleSource } from '../packer';
import { refuse } from '../refusal';
import { bytesOf, textOf } from './bytes';
import { linesOf, shown } from './ignore-text';
import { type Pattern, parsePattern } from './pattern';

/** One rule: the text that the user wrote, and the pattern. */
export interface PatternRule {
  readonly source: RuleSource;
  /** As written, without the line's end. */
  readonly written: string;
  readonly pattern: Pattern;
}

/** The origin of rules: an ignore file, or a list of patterns in the request. */
export interface RulesFile {
  readonly source: RuleSource;
  /** The path that refusals name. */
  readonly path: string;
  /** True if case is ignored for ASCII letters, as with git's `core.ignoreCase`. */
  readonly fold?: boolean;
}

/** In bytes. Linux does not accept paths above this length, so a longer line is probably not meant as a pattern. */
const LONGEST_RULE = 4096;
const MOST_RULES = 100_000;

/**
 * The rules in a file. Refuses with `rules-not-text`, `rules-too-large`, `rules-too-many` or `rule-too-long`.
 * @param raw the file with one character for each byte
 */
export function parseIgnoreFile(raw: string, file: RulesFile): readonly PatternRule[] {
  return rulesIn(linesOf(raw, file.path), file);
}

/** The rules in lines that are known to be text. Refuses with `rules-too-many` or `rule-too-long`. */
export function parseLines(lines: readonly string[], file: RulesFile): readonly PatternRule[] {
  return rulesIn(lines.map(bytesOf), file);
}

function rulesIn(lines: readonly string[], file: RulesFile): readonly PatternRule[] {
  const rules: PatternRule[] = [];
  for (const [at, line] of lines.entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const place = { path: file.path, line: at + 1, rule: shown(line) };
    if (line.length > LONGEST_RULE) throw refuse('rule-too-long', { ...place, limit: LONGEST_RULE });
    if (rules.length === MOST_RULES) throw refuse('rules-too-many', { ...place, limit: MOST_RULES });
    const pattern = parsePattern(withoutEnd(line), file.fold ?? false);
    if (pattern !== undefined) rules.push({ source: file.source, written: textOf(line), pattern });
  }
  return rules;
}

/** Removes the spaces at a line's end, except for one that a backslash escapes; keeps tabs. */
function withoutEnd(line: string): string {
  if (!line.endsWith(' ')) return line;
  const kept = line.replace(/ +$/, '');
  const backslashes = kept.length - kept.replace(/\\+$/, '').length;
  return backslashes % 2 === 1 ? line.slice(0, kept.length + 1) : kept;
}
