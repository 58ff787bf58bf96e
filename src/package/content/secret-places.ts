/**
 * Finds the few places of a text that may contain secrets; only a few bytes of the text are examined closely.
 */
import {
  BITS,
  BLOCK,
  COLON_BEFORE_LAST,
  COLON_IN_BLOCK,
  COLON_TO_DIGITS,
  D_TO_EQUALS,
  D_TO_NEXT_EQUALS,
  DIGITS_IN_BLOCK,
  DIGITS_IN_LAST,
  DIGITS_TO_COLON,
  EQUALS_IN_BLOCK,
  IN_RUN,
  IS_DIGIT,
  KINDS,
  LAST_TO_BEFORE,
  PAIRS,
  RUN_IN_BLOCK,
  tableOf,
  WITH_COLON,
} from './pair-kinds';
import { SHORTEST_RUN } from './secret-rules';

export interface Region {
  readonly start: number;
  readonly end: number;
}

/** Places in a text; each list is ascending. */
export interface Places {
  /** Long runs of letters, digits and `_/+-`, each in its full length. */
  readonly runs: readonly Region[];
  /** Position of the first colon of each port, as in `:5010:`. */
  readonly ports: readonly number[];
  /** Position of the `w` of each `word=` and `wd=`. */
  readonly parameters: readonly number[];
}

const COLON = 0x3a;
const SLASH = 0x2f;
const AT = 0x40;
const EQUALS = 0x3d;

/** Searches a text once for all places. */
export function lookThrough(bytes: Buffer): Places {
  const runs: Region[] = [];
  const ports: number[] = [];
  const parameters: number[] = [];
  const odd = bytes.byteOffset % 2;
  const pairs = pairsOf(bytes, odd);
  let looked = 0;
  for (let from = 0; looked < bytes.length; from += PAIRS) {
    from = nextBlock(bytes, pairs, from, runs);
    const start = odd + 2 * from;
    const end = from + PAIRS > pairs.length ? bytes.length : start + BLOCK;
    lookAt(bytes, Math.max(looked, start - 2), end, ports, parameters);
    // A block with a port or a parameter may begin within a long run.
    addRun(bytes, start, runs);
    looked = end;
  }
  return { runs, ports, parameters };
}

/**
 * Returns the index of the first pair of the next block that may contain a port or a parameter, or of the
 * block after the last one, and adds the long runs before this block to `runs`. To examine every block with
 * predictable branches is faster than to skip bytes, since processors cannot predict where a skip ends. Runs
 * are frequent, so they are added here: if the function returned for each run, V8 would compile the caller,
 * with everything inlined there, once more.
 * @param from Index of the first pair of a block.
 */
function nextBlock(bytes: Buffer, pairs: Uint16Array, from: number, runs: Region[]): number {
  const table = KINDS;
  const odd = bytes.byteOffset % 2;
  const last = pairs.length - PAIRS;
  let pair = from;
  // At the beginning of the text, one byte may precede the first pair (see `pairsOf`). It belongs to no pair
  // and is not looked up, so it counts as a colon.
  let kinds = (from === 0 ? WITH_COLON : (table[pairs[from - 1] as number] as number)) << LAST_TO_BEFORE;
  for (; pair <= last; pair += PAIRS) {
    kinds =
      (kinds >>> LAST_TO_BEFORE) |
      ((table[pairs[pair] as number] as number) << BITS) |
      ((table[pairs[pair + 1] as number] as number) << (2 * BITS)) |
      ((table[pairs[pair + 2] as number] as number) << (3 * BITS)) |
      ((table[pairs[pair + 3] as number] as number) << (4 * BITS)) |
      ((table[pairs[pair + 4] as number] as number) << (5 * BITS));
    // Wherever the pairs begin, the pair with a port's first colon is followed by a pair of digits, and that
    // pair by more digits or the second colon.
    const digits = ((kinds & COLON_BEFORE_LAST) << COLON_TO_DIGITS) & kinds & DIGITS_IN_BLOCK;
    const port =
      (digits & DIGITS_IN_LAST) |
      ((digits << BITS) & kinds & DIGITS_IN_BLOCK) |
      ((digits << DIGITS_TO_COLON) & kinds & COLON_IN_BLOCK);
    const parameter = ((kinds >> D_TO_EQUALS) | (kinds << D_TO_NEXT_EQUALS)) & kinds & EQUALS_IN_BLOCK;
    if ((port | parameter) !== 0) return pair;
    if ((kinds & RUN_IN_BLOCK) !== RUN_IN_BLOCK) continue;
    const end = addRun(bytes, odd + 2 * pair, runs);
    // The scan continues with the block of the first byte after the run: the blocks before it contain only the
    // run.
    const next = PAIRS * Math.floor((end - odd) / BLOCK);
    kinds = (table[pairs[next - 1] as number] as number) << LAST_TO_BEFORE;
    pair = next - PAIRS;
  }
  return pair;
}

/**
 * A view, without a copy, of the bytes as pairs. It begins at `odd`, since pairs have to begin at an even
 * address.
 */
function pairsOf(bytes: Buffer, odd: number): Uint16Array {
  if (bytes.length < 2) return new Uint16Array(0);
  return new Uint16Array(bytes.buffer, bytes.byteOffset + odd, (bytes.length - odd) >> 1);
}

/**
 * Adds the whole run that contains the byte at `block` or ends right before it, if the run is long enough and
 * not yet in `runs`.
 * @param block position of a block's first byte
 * @returns the run's end, or `block` if there is no run
 */
function addRun(bytes: Buffer, block: number, runs: Region[]): number {
  let start = block;
  while (start > 0 && IN_RUN[bytes[start - 1] as number] === 1) start--;
  let end = block;
  while (end < bytes.length && IN_RUN[bytes[end] as number] === 1) end++;
  if (end - start >= SHORTEST_RUN && runs.at(-1)?.start !== start) runs.push({ start, end });
  return end;
}

function lookAt(bytes: Buffer, start: number, end: number, ports: number[], parameters: number[]): void {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === COLON && isPort(bytes, at)) ports.push(at);
    else if (byte === EQUALS) addParameter(bytes, at, parameters);
  }
}

const SHORTEST_PORT = 4;
const LONGEST_PORT = 5;

/**
 * Returns true if four or five digits and a second colon follow the colon. Never reads past the end of
 * `bytes`: after such a read, V8 would compile the callers once more.
 */
function isPort(bytes: Buffer, colon: number): boolean {
  const most = Math.min(colon + LONGEST_PORT + 1, bytes.length);
  let end = colon + 1;
  while (end < most && IS_DIGIT[bytes[end] as number] === 1) end++;
  return end - colon > SHORTEST_PORT && end < bytes.length && bytes[end] === COLON;
}

/** The most characters from the `//` of a URL to its `@`. */
const LONGEST_LOGIN = 300;
const ENDS_URL = tableOf(/[\s"'`<>()]/);

const SLASHES = Buffer.from('//');

/**
 * For each `//`, the position of the first `@` after it in the same URL. The search starts from the slashes,
 * since a text may contain many `@` but few double slashes.
 */
export function loginsIn(bytes: Buffer): readonly number[] {
  const logins: number[] = [];
  let end = 0;
  for (let at = bytes.indexOf(SLASHES); at !== -1; at = bytes.indexOf(SLASHES, end)) {
    end = at + SLASHES.length;
    while (end < bytes.length && bytes[end] !== AT && ENDS_URL[bytes[end] as number] !== 1) end++;
    if (end < bytes.length && bytes[end] === AT && isInUrl(bytes, end)) logins.push(end);
  }
  return logins;
}

function isInUrl(bytes: Buffer, position: number): boolean {
  const least = Math.max(1, position - LONGEST_LOGIN);
  for (let at = position - 1; at >= least; at--) {
    if (ENDS_URL[bytes[at] as number] === 1 || bytes[at] === AT) return false;
    if (bytes[at] === SLASH && bytes[at - 1] === SLASH) return true;
  }
  return false;
}

const PARAMETER_ENDS = ['word', 'wd'] as const;
/** The letter `d`; bytes are put in lower case before they are compared with it. */
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
