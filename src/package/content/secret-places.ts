/** Finds the few places of a text that are worth a closer look for secrets, while looking at few of its bytes. */
import {
  BLOCK,
  COLON_BEFORE_LAST,
  COLON_TO_DIGITS,
  DIGITS_IN_BLOCK,
  EQUALS_IN_BLOCK,
  IN_RUN,
  IS_DIGIT,
  KINDS,
  LAST_TO_BEFORE,
  PAIRS,
  RUN_IN_BLOCK,
  tableOf,
} from './pair-kinds';
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

const COLON = 0x3a;
const SLASH = 0x2f;
const AT = 0x40;
const EQUALS = 0x3d;

/** Looks through a text once. */
export function lookThrough(bytes: Buffer): Places {
  const runs: Region[] = [];
  const ports: number[] = [];
  const parameters: number[] = [];
  const odd = bytes.byteOffset % 2;
  const pairs = pairsOf(bytes, odd);
  let looked = 0;
  let pair = nextBlock(pairs, 0);
  while (pair + PAIRS <= pairs.length) {
    const start = odd + 2 * pair;
    lookAt(bytes, { start: Math.max(looked, start - 2), end: start + BLOCK }, ports, parameters);
    looked = start + BLOCK;
    const run = runAround(bytes, start);
    if (run.end - run.start >= SHORTEST_RUN && runs.at(-1)?.start !== run.start) runs.push(run);
    // The block in which the run ends comes next, unless it is this one.
    pair = nextBlock(pairs, PAIRS * Math.max(pair / PAIRS + 1, Math.floor((run.end - odd) / BLOCK)));
  }
  lookAt(bytes, { start: Math.max(looked, odd + 2 * pair - 2), end: bytes.length }, ports, parameters);
  return { runs, ports, logins: loginsIn(bytes), parameters };
}

/**
 * The next block that may hold anything, or the one behind the last. Most are dismissed by one branch that a processor
 * foresees: to skip as many bytes as may be takes longer, since where a skip ends cannot be foreseen. A function of its
 * own that calls nothing, since V8 compiles such a one soon.
 * @param from First pair of a block.
 */
function nextBlock(pairs: Uint16Array, from: number): number {
  const table = KINDS;
  const last = pairs.length - PAIRS;
  let pair = from;
  // A byte before the first pair may be a colon.
  let kinds =
    from === 0 ? COLON_BEFORE_LAST << 4 : (table[pairs[from - 1] as number] as number) << LAST_TO_BEFORE;
  for (; pair <= last; pair += PAIRS) {
    kinds =
      (kinds >> LAST_TO_BEFORE) |
      ((table[pairs[pair] as number] as number) << 4) |
      ((table[pairs[pair + 1] as number] as number) << 8) |
      ((table[pairs[pair + 2] as number] as number) << 12) |
      ((table[pairs[pair + 3] as number] as number) << 16) |
      ((table[pairs[pair + 4] as number] as number) << 20);
    // However the pairs lie, one of digits alone follows the one with the first colon of a port.
    const port = ((kinds & COLON_BEFORE_LAST) << COLON_TO_DIGITS) & kinds & DIGITS_IN_BLOCK;
    if ((port | (kinds & EQUALS_IN_BLOCK)) !== 0 || (kinds & RUN_IN_BLOCK) === RUN_IN_BLOCK) return pair;
  }
  return pair;
}

/** The memory itself, from `odd` on: pairs have to begin at an even address. */
function pairsOf(bytes: Buffer, odd: number): Uint16Array {
  if (bytes.length < 2) return new Uint16Array(0);
  return new Uint16Array(bytes.buffer, bytes.byteOffset + odd, (bytes.length - odd) >> 1);
}

/** As far to both sides as characters of runs go. */
function runAround(bytes: Buffer, block: number): Region {
  let start = block;
  while (start > 0 && IN_RUN[bytes[start - 1] as number] === 1) start--;
  let end = block;
  while (end < bytes.length && IN_RUN[bytes[end] as number] === 1) end++;
  return { start, end };
}

function lookAt(bytes: Buffer, { start, end }: Region, ports: number[], parameters: number[]): void {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === COLON && isPort(bytes, at)) ports.push(at);
    else if (byte === EQUALS) addParameter(bytes, at, parameters);
  }
}

const SHORTEST_PORT = 4;
const LONGEST_PORT = 5;

/** Never reads behind the end, for V8 would then compile all that calls it once more. */
function isPort(bytes: Buffer, colon: number): boolean {
  const most = Math.min(colon + LONGEST_PORT + 1, bytes.length);
  let end = colon + 1;
  while (end < most && IS_DIGIT[bytes[end] as number] === 1) end++;
  return end - colon > SHORTEST_PORT && end < bytes.length && bytes[end] === COLON;
}

/** Longest beginning of a URL, up to its `@`, that is looked at. */
const LONGEST_LOGIN = 300;
const ENDS_URL = tableOf(/[\s"'`<>()]/);

const SLASHES = Buffer.from('//');

/** From slashes on, since a text may hold many an `@` and has few of these. */
function loginsIn(bytes: Buffer): readonly number[] {
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
