/** The lines of an ignore file as patterns of the whole folder, wherever in it the file stands. */
import type { RuleSource } from '../packer';

/** One rule: what the user wrote, and the same as a pattern relative to the packed folder. */
export interface PatternRule {
  readonly source: RuleSource;
  /** As written, without the line's end. */
  readonly written: string;
  /** gitignore pattern relative to the packed folder, `!` included. */
  readonly pattern: string;
}

/** gitignore's reading of a text: https://git-scm.com/docs/gitignore. `folder` is '' for the packed folder itself. */
export function parseIgnoreFile(text: string, folder: string, source: RuleSource): readonly PatternRule[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((written) => ({ source, written, pattern: patternIn(folder, written) }));
}

/** Rewrites a pattern that counts from `folder` into one that counts from the packed folder. */
function patternIn(folder: string, written: string): string {
  if (folder === '') return written;
  const negative = written.startsWith('!');
  const body = negative ? written.slice(1) : written;
  // A slash anywhere but at the end ties a pattern to the place of its file; without one it holds at any depth.
  const tied = /\/(?! *$)/.test(body);
  const escaped = folder.replace(/[\\*?[\]]/g, '\\$&');
  return `${negative ? '!' : ''}/${escaped}/${tied ? body.replace(/^\//, '') : `**/${body}`}`;
}
