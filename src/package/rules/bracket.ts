/** A bracket expression of a pattern, read as git's wildmatch.c reads it. */

/** 256 values, one for each byte; not 0 if the expression matches the byte. */
export type ByteSet = Uint8Array;

export interface Bracket {
  readonly set: ByteSet;
  /** Index after the closing `]`. */
  readonly end: number;
}

const UPPER = /[A-Z]/;
/** git defines these classes only for ASCII, whatever the language of the machine: see its `sane_ctype`. */
const NAMED: ReadonlyMap<string, RegExp> = new Map([
  ['alnum', /[0-9A-Za-z]/],
  ['alpha', /[A-Za-z]/],
  ['blank', /[ \t]/],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this class is the control characters
  ['cntrl', /[\0-\x1f\x7f]/],
  ['digit', /[0-9]/],
  ['graph', /[!-~]/],
  ['lower', /[a-z]/],
  ['print', /[ -~]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['space', /[ \t\n\r]/],
  ['upper', UPPER],
  ['xdigit', /[0-9A-Fa-f]/],
]);

type Member = (byte: string) => boolean;

/**
 * @param start index of the `[`
 * @param fold true if case is ignored; as in git, a capital outside of ranges and named classes then matches
 * nothing
 * @returns undefined if the whole pattern matches nothing in git
 */
export function readBracket(pattern: string, start: number, fold: boolean): Bracket | undefined {
  const negated = pattern[start + 1] === '!' || pattern[start + 1] === '^';
  const members: Member[] = [];
  let at = start + (negated ? 2 : 1);
  // The character with which a following `-` would form a range; '' after a range or a named class.
  let before = '';
  // A `]` as the first character does not close the bracket.
  do {
    const member = readMember(pattern, at, before, fold);
    if (member === undefined) return undefined;
    members.push(member.matches);
    before = member.before;
    at = member.end;
  } while (pattern[at] !== ']');
  return { set: setOf(members, negated, fold), end: at + 1 };
}

function setOf(members: readonly Member[], negated: boolean, fold: boolean): ByteSet {
  const set = new Uint8Array(256);
  for (let code = 0; code < 256; code += 1) {
    const byte = String.fromCharCode(code);
    // Brackets never match a slash. With `fold`, the text is changed to lower case before it is matched, so it
    // contains no capitals.
    if (byte === '/' || (fold && UPPER.test(byte))) continue;
    if (members.some((matches) => matches(byte)) !== negated) set[code] = 1;
  }
  return set;
}

interface ReadMember {
  readonly matches: Member;
  readonly before: string;
  readonly end: number;
}

function readMember(pattern: string, at: number, before: string, fold: boolean): ReadMember | undefined {
  const next = pattern[at + 1];
  switch (pattern[at]) {
    case undefined:
      return undefined;
    case '\\':
      return next === undefined ? undefined : single(next, at + 2);
    case '-':
      if (before === '' || next === undefined || next === ']') return single('-', at + 1);
      return readRange(pattern, at + 1, before, fold);
    case '[':
      return next === ':' ? readNamed(pattern, at, fold) : single('[', at + 1);
    default:
      return single(pattern[at] ?? '', at + 1);
  }
}

function single(member: string, end: number): ReadMember {
  return { matches: (byte) => byte === member, before: member, end };
}

function readRange(pattern: string, at: number, from: string, fold: boolean): ReadMember | undefined {
  const escaped = pattern[at] === '\\';
  const to = pattern[escaped ? at + 1 : at];
  if (to === undefined) return undefined;
  const within = (byte: string): boolean => byte >= from && byte <= to;
  const matches = (byte: string): boolean =>
    within(byte) || (fold && /[a-z]/.test(byte) && within(byte.toUpperCase()));
  return { matches, before: '', end: at + (escaped ? 2 : 1) };
}

function readNamed(pattern: string, at: number, fold: boolean): ReadMember | undefined {
  const end = pattern.indexOf(']', at + 2);
  if (end === -1) return undefined;
  if (end < at + 3 || pattern[end - 1] !== ':') return single('[', at + 1);
  const name = pattern.slice(at + 2, end - 1);
  const named = NAMED.get(name);
  if (named === undefined) return undefined;
  const matches = (byte: string): boolean =>
    named.test(byte) || (fold && name === 'upper' && /[a-z]/.test(byte));
  return { matches, before: '', end: end + 1 };
}
