/**
 * Finds the few kinds of secrets that can be told with certainty, while looking at few bytes.
 *
 * Each of them holds a run of at least 20 characters of a small alphabet: the expressions are tried around such runs
 * alone.
 */
import { SECRET_KINDS } from '../../model/secret-kinds';
import type { SecretFinding } from '../packer';

/** A finding without the file's path. */
export type Finding = Omit<SecretFinding, 'path'>;

const MOST_PER_FILE = 20;
const SHORTEST_RUN = 20;
/** What may stand between the beginning of a finding and its long run, such as the head of an encrypted key. */
const BEFORE = 200;
const AFTER = 100;

const ANY = SECRET_KINDS.map(({ text }) => `(${text})`).join('|');

/** 1 for the characters that the long runs consist of. */
const IN_RUN = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9_/+-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** Findings in the order of the file; none for binary files. */
export function findSecrets(content: Buffer): readonly Finding[] {
  const bytes = inSingleBytes(content);
  if (isBinary(bytes)) return [];
  const findings: Finding[] = [];
  let line = 1;
  let counted = 0;
  for (const { start, end } of regionsToTry(bytes)) {
    const text = bytes.toString('latin1', start, end);
    for (const match of text.matchAll(new RegExp(ANY, 'g'))) {
      // AWS's documentation marks its made-up keys so.
      if (match[0].includes('EXAMPLE')) continue;
      const position = start + match.index;
      line += lineFeeds(bytes, counted, position);
      counted = position;
      findings.push({
        line,
        pattern:
          SECRET_KINDS[match.slice(1).findIndex((part: string | undefined) => part !== undefined)]?.pattern ??
          '',
      });
      if (findings.length === MOST_PER_FILE) return findings;
    }
  }
  return findings;
}

/** UTF-16, as PowerShell writes it, without every second byte: what a secret consists of is ASCII. */
function inSingleBytes(bytes: Buffer): Buffer {
  const [first, second] = bytes;
  const low = first === 0xff && second === 0xfe ? 0 : first === 0xfe && second === 0xff ? 1 : undefined;
  if (low === undefined) return bytes;
  const single = Buffer.alloc(bytes.length >> 1);
  for (let at = 0; at < single.length; at += 1) single[at] = bytes[2 * at + low] ?? 0;
  return single;
}

function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

interface Region {
  readonly start: number;
  readonly end: number;
}

/** The surroundings of every long run, ascending and disjoint. */
function regionsToTry(bytes: Buffer): readonly Region[] {
  const regions: Region[] = [];
  for (let run = nextRun(bytes, 0); run !== undefined; run = nextRun(bytes, run.end)) {
    const last = regions.at(-1);
    const joins = last !== undefined && run.start - BEFORE <= last.end;
    if (joins) regions.pop();
    regions.push({
      start: joins ? last.start : Math.max(0, run.start - BEFORE),
      end: Math.min(bytes.length, run.end + AFTER),
    });
  }
  return regions;
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
      let end = last + 1;
      while (end < length && IN_RUN[bytes[end] as number] === 1) end++;
      return { start: first, end };
    }
    last = at + SHORTEST_RUN;
  }
  return undefined;
}

function lineFeeds(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (bytes[at] === 0x0a) count++;
  return count;
}
