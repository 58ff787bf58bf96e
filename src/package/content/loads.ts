/** Finds what a q or k source loads by name: `\l FILE` and `system "l FILE"`, outside of comments. */
import type { SourceLoad } from '../packer';

/** A load without the path of the source that it stands in. */
export type Load = Omit<SourceLoad, 'path'>;

const SOURCE = /\.[qk]$/;
const COMMAND = Buffer.from('\\l ');
const SYSTEM = Buffer.from('"l ');
/** `\l` counts at the beginning of a line only; `system` takes a string, in brackets, in parentheses or as it is. */
const LOAD = /^\\l[ \t]+([^\s;]+)|\bsystem\s*[[(]?\s*"l[ \t]+([^"\\]*)"(?!\s*,)/gm;
/** A line with nothing but a slash opens a block comment, one with nothing but a backslash closes it. */
const FENCE = /^[/\\][ \t\r]*$/gm;

/**
 * Loads in the order of the file. A name that is put together while the program runs is not known and not listed.
 * Comments by https://code.kx.com/q/basics/syntax/#comments; a lone backslash outside of a block comment ends the
 * program, and what follows it is a comment.
 */
export function findLoads(path: string, bytes: Buffer): readonly Load[] {
  if (!SOURCE.test(path) || !(bytes.includes(COMMAND) || bytes.includes(SYSTEM))) return [];
  const text = bytes.toString('utf8');
  const comments = blockComments(text);
  const loads: Load[] = [];
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(LOAD)) {
    const name = (match[1] ?? match[2] ?? '').trim();
    line += text.slice(counted, match.index).split('\n').length - 1;
    counted = match.index;
    const hidden = comments.some(({ start, end }) => match.index >= start && match.index < end);
    if (name !== '' && !hidden && (match[1] !== undefined || isCode(text, match.index)))
      loads.push({ line, name });
  }
  return loads;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function blockComments(text: string): readonly Span[] {
  const spans: Span[] = [];
  let open: number | undefined;
  for (const fence of text.matchAll(FENCE)) {
    const opens = fence[0].startsWith('/');
    if (open === undefined && !opens) return [...spans, { start: fence.index, end: text.length }];
    if (open === undefined) open = fence.index;
    else if (!opens) {
      spans.push({ start: open, end: fence.index });
      open = undefined;
    }
  }
  return open === undefined ? spans : [...spans, { start: open, end: text.length }];
}

/** Whether a position is neither in a string nor in a comment of its line. */
function isCode(text: string, position: number): boolean {
  let inString = false;
  const start = text.lastIndexOf('\n', position - 1) + 1;
  for (let at = start; at < position; at++) {
    const character = text[at];
    if (inString && character === '\\') at++;
    else if (character === '"') inString = !inString;
    else if (!inString && character === '/' && (at === start || /\s/.test(text[at - 1] ?? ''))) return false;
  }
  return !inString;
}
