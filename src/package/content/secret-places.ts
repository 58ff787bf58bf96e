/** Finds the few places of a text that are worth a closer look for secrets, while looking at few of its bytes. */
import { SHORTEST_RUN } from './secret-rules';

export interface Region {
  readonly start: number;
  readonly end: number;
}

/** 1 for the characters that the long runs consist of. */
const IN_RUN = tableOf(/[A-Za-z0-9_/+-]/);

/** The long runs of letters, digits and `_/+-`, each as far as it goes; ascending. */
export function longRuns(bytes: Buffer): readonly Region[] {
  const runs: Region[] = [];
  for (let run = nextRun(bytes, 0); run !== undefined; run = nextRun(bytes, run.end)) runs.push(run);
  return runs;
}

/**
 * The first long run that starts at `from` or later. Each window of the shortest length is looked at from its end, so
 * that a byte outside of runs, as there is one after most words, lets nearly a whole window be skipped.
 */
function nextRun(bytes: Buffer, from: number): Region | undefined {
  const { length } = bytes;
  for (let last = from + SHORTEST_RUN - 1; last < length; ) {
    const first = last - SHORTEST_RUN + 1;
    let at = last;
    while (at >= first && IN_RUN[bytes[at] as number] === 1) at--;
    if (at < first) {
      let start = first;
      while (start > from && IN_RUN[bytes[start - 1] as number] === 1) start--;
      let end = last + 1;
      while (end < length && IN_RUN[bytes[end] as number] === 1) end++;
      return { start, end };
    }
    last = at + SHORTEST_RUN;
  }
  return undefined;
}

const COLON = 0x3a;
const SLASH = 0x2f;
const AT = 0x40;
const SHORTEST_PORT = 4;
const LONGEST_PORT = 5;
/** Of the digits of a port and its colons, three in a row begin at one of any four bytes in a row. */
const PORT_STEP = 4;
const IN_PORT = tableOf(/[0-9:]/);

/** Positions of the first colon of each `:5010:`, ascending. */
export function portsIn(bytes: Buffer): readonly number[] {
  const ports: number[] = [];
  for (let at = 0; at < bytes.length - 2; ) {
    const three =
      (IN_PORT[bytes[at] as number] as number) &
      (IN_PORT[bytes[at + 1] as number] as number) &
      (IN_PORT[bytes[at + 2] as number] as number);
    if (three === 0) {
      at += PORT_STEP;
      continue;
    }
    let start = at;
    while (start > 0 && IN_PORT[bytes[start - 1] as number] === 1) start--;
    let end = at + 3;
    while (end < bytes.length && IN_PORT[bytes[end] as number] === 1) end++;
    addPorts(bytes, { start, end }, ports);
    at = end + 1;
  }
  return ports;
}

function addPorts(bytes: Buffer, { start, end }: Region, ports: number[]): void {
  let colon = -1;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== COLON) continue;
    const digits = at - colon - 1;
    if (colon !== -1 && digits >= SHORTEST_PORT && digits <= LONGEST_PORT) ports.push(colon);
    colon = at;
  }
}

/** Longest beginning of a URL, up to its `@`, that is looked at. */
const LONGEST_LOGIN = 300;
const ENDS_URL = tableOf(/[\s"'`<>()]/);

/** Positions of each `@` that has `//` before it in the same word, ascending. */
export function loginsIn(bytes: Buffer): readonly number[] {
  const logins: number[] = [];
  for (let at = bytes.indexOf(AT); at !== -1; at = bytes.indexOf(AT, at + 1)) {
    if (isInUrl(bytes, at)) logins.push(at);
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

/** Positions of a word, ascending. */
export function placesOf(word: Buffer, bytes: Buffer): readonly number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(word); at !== -1; at = bytes.indexOf(word, at + word.length)) places.push(at);
  return places;
}

function tableOf(characters: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (characters.test(String.fromCharCode(byte)) ? 1 : 0));
}
