/**
 * Finds the names that a q or k source loads: by `\l NAME`, or by the same command in a string that q
 * executes, as in `system "l NAME"`.
 */
import type { SourceLoad } from '../packer';

/** A load without the path of the source that contains it. */
export type Load = Omit<SourceLoad, 'path'>;

const SOURCE = /\.[qk]$/;
const BY_SPACE = ['\\l ', '"l '].map((beginning) => Buffer.from(beginning));
const BY_TAB = ['\\l\t', '"l\t'].map((beginning) => Buffer.from(beginning));
const TAB = 0x09;
/**
 * `\l` and `\cd` are commands only at the beginning of a line. In a string, the command is `"l FILE"` for
 * `system`, and `"\\l FILE"` for the other verbs, such as `value`.
 */
const COMMANDS =
  /^\\l[ \t]+(?<file>[^\s;]+)|^\\cd[ \t]+(?<folder>\S)|"(?<slashes>\\\\)?(?:l[ \t]+(?<text>[^"\\]*)"(?<joined>\s*,(?<each>\s*\/:\s*\(?)?)?|cd[ \t](?<where>))/gm;
/**
 * Matches a verb that executes the string after it: `system`, `value`, `get`, `reval` or `.`. Applied to
 * the source before that string, and anchored at its end. Brackets and other separators, `each`, `peach`,
 * `enlist` and earlier strings of the same list may stand between the verb and the string. So q executes
 * the string in `@[system;"l a.q";…]` and `.Q.trp[system;"l a.q";…]`, and every string in
 * `system each("l a.q";"l b.q")`.
 */
const RUNS =
  /(?:(?<![\w.`])(?<verb>system|value|get|reval)|(?<![^\s;:([{])\.)(?:[\s[(;@']|\b(?:each|peach|enlist)\b|"(?:[^"\\\n]|\\.){0,200}"){0,500}$/;
const MOST_BEFORE = 2000;
/** Matches the next string of a list. */
const NEXT_TEXT = /\s*;?\s*"([^"\\\n]{0,300})"/y;
/** A line with only a slash opens a block comment, and one with only a backslash closes it. */
const FENCE = /^[/\\][ \t\r]*$/gm;

/**
 * Loads in the order of the file; none for a file that is not a q or k source. Two kinds of names are left
 * out: names that the program builds while it runs, and relative names after a `\cd` or `system "cd …"`,
 * since the folder in which q searches for them is not known. For comments see
 * https://code.kx.com/q/basics/syntax/#comments; a lone backslash outside of a block comment ends the
 * program, and everything after it is a comment.
 */
export function findLoads(path: string, bytes: Buffer): readonly Load[] {
  if (!SOURCE.test(path) || !mayLoad(bytes)) return [];
  const text = bytes.toString('utf8');
  const comments = blockComments(text);
  const loads: Load[] = [];
  let moved = false;
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(COMMANDS)) {
    const { index, groups = {} } = match;
    if (comments.some(({ start, end }) => index >= start && index < end) || !isRun(text, match)) continue;
    line += text.slice(counted, index).split('\n').length - 1;
    counted = index;
    const names = namesOf(text, match);
    moved ||= (groups['folder'] ?? groups['where']) !== undefined;
    loads.push(...names.filter((name) => !moved || name.startsWith('/')).map((name) => ({ line, name })));
  }
  return loads;
}

/**
 * False if the source certainly loads nothing. A quick test, since most sources load nothing. A tab is
 * searched for before the commands with a tab: most sources have none, and a search for a single byte is
 * the fastest.
 */
function mayLoad(bytes: Buffer): boolean {
  const has = (beginning: Buffer): boolean => bytes.includes(beginning);
  return BY_SPACE.some(has) || (bytes.includes(TAB) && BY_TAB.some(has));
}

/** True if q executes the matched text. */
function isRun(text: string, { index, groups = {} }: RegExpExecArray): boolean {
  if (groups['file'] !== undefined || groups['folder'] !== undefined) return true;
  const verb = RUNS.exec(text.slice(Math.max(0, index - MOST_BEFORE), index));
  if (verb === null || !isCode(text, index)) return false;
  return (verb.groups?.['verb'] === 'system') === (groups['slashes'] === undefined);
}

function namesOf(text: string, { 0: all, index, groups = {} }: RegExpExecArray): readonly string[] {
  const name = (groups['file'] ?? groups['text'] ?? '').trim();
  if (groups['each'] !== undefined) return textsFrom(text, index + all.length).map((end) => name + end);
  return name === '' || groups['joined'] !== undefined ? [] : [name];
}

/** The strings of the list that begins at `position`: `a.q` and `b.q` in `"l lib/",/:("a.q";"b.q")`. */
function textsFrom(text: string, position: number): readonly string[] {
  const texts: string[] = [];
  NEXT_TEXT.lastIndex = position;
  for (let next = NEXT_TEXT.exec(text); next !== null; next = NEXT_TEXT.exec(text)) texts.push(next[1] ?? '');
  return texts;
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

/** True if a position is outside of strings and of comments on its line. */
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
