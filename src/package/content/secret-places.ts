/** Finds the few places of a text that are worth a closer look for secrets, while looking at few of its bytes. */
import { SHORTEST_RUN } from './secret-rules';

export interface Region {
  readonly start: number;
  readonly end: number;
}

/** Each list is ascending. */
export interface Places {
  /** Long runs of letters, digits and `_/+-`, each as far as it goes. */
  readonly runs: readonly Region[];
  /** The first colon of each `:5010:`. */
  readonly ports: readonly number[];
  /** Each `@` that has `//` before it in the same URL. */
  readonly logins: readonly number[];
  /** The `w` of each `word=` and `wd=`. */
  readonly parameters: readonly number[];
}

/** Whatever is looked for stands in a word of so many characters at least, in which nothing separates. */
const SHORTEST_WORD = 12;
const IN_WORD = tableOf(/[A-Za-z0-9_/+:.@=&?!$%#*^~-]/);
const IN_RUN = tableOf(/[A-Za-z0-9_/+-]/);

/**
 * Looks through a text once. Each window of the shortest word's length is looked at from its end, so that a byte outside
 * of words lets nearly a whole window be skipped.
 */
export function lookThrough(bytes: Buffer): Places {
  const places = { runs: [], ports: [], logins: [], parameters: [] };
  let from = 0;
  for (let last = SHORTEST_WORD - 1; last < bytes.length; ) {
    const first = last - SHORTEST_WORD + 1;
    let at = last;
    while (at >= first && IN_WORD[bytes[at] as number] === 1) at--;
    if (at >= first) {
      last = at + SHORTEST_WORD;
      continue;
    }
    let start = first;
    while (start > from && IN_WORD[bytes[start - 1] as number] === 1) start--;
    let end = last + 1;
    while (end < bytes.length && IN_WORD[bytes[end] as number] === 1) end++;
    lookAtWord(bytes, { start, end }, places);
    from = end;
    last = end + SHORTEST_WORD;
  }
  return places;
}

interface Found {
  readonly runs: Region[];
  readonly ports: number[];
  readonly logins: number[];
  readonly parameters: number[];
}

const COLON = 0x3a;
const SLASH = 0x2f;
const AT = 0x40;
const EQUALS = 0x3d;

function lookAtWord(bytes: Buffer, { start, end }: Region, { runs, ports, logins, parameters }: Found): void {
  let run = start;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (IN_RUN[byte] === 1) continue;
    if (at - run >= SHORTEST_RUN) runs.push({ start: run, end: at });
    run = at + 1;
    if (byte === COLON && isPort(bytes, at)) ports.push(at);
    else if (byte === AT && isInUrl(bytes, at)) logins.push(at);
    else if (byte === EQUALS) addParameter(bytes, at, parameters);
  }
  if (end - run >= SHORTEST_RUN) runs.push({ start: run, end });
}

const SHORTEST_PORT = 4;
const LONGEST_PORT = 5;

function isPort(bytes: Buffer, colon: number): boolean {
  let end = colon + 1;
  while (end <= colon + LONGEST_PORT && isDigit(bytes[end])) end++;
  return end - colon > SHORTEST_PORT && bytes[end] === COLON;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Longest beginning of a URL, up to its `@`, that is looked at. */
const LONGEST_LOGIN = 300;
const ENDS_URL = tableOf(/[\s"'`<>()]/);

function isInUrl(bytes: Buffer, position: number): boolean {
  const least = Math.max(1, position - LONGEST_LOGIN);
  for (let at = position - 1; at >= least; at--) {
    if (ENDS_URL[bytes[at] as number] === 1 || bytes[at] === AT) return false;
    if (bytes[at] === SLASH && bytes[at - 1] === SLASH) return true;
  }
  return false;
}

const PARAMETER_ENDS = ['word', 'wd'] as const;
/** `d`, whether capital or not. */
const D = 0x64;

function addParameter(bytes: Buffer, equals: number, parameters: number[]): void {
  if (((bytes[equals - 1] ?? 0) | 0x20) !== D) return;
  const before = bytes.toString('latin1', Math.max(0, equals - 4), equals).toLowerCase();
  const end = PARAMETER_ENDS.find((one) => before.endsWith(one));
  if (end !== undefined) parameters.push(equals - end.length);
}

/** Positions of a word, ascending. */
export function placesOf(word: Buffer, bytes: Buffer): readonly number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(word); at !== -1; at = bytes.indexOf(word, at + word.length)) places.push(at);
  return places;
}

function tableOf(characters: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (characters.test(String.fromCharCode(byte)) ? 1 : 0));
}
