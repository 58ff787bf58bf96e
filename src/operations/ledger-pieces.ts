/** Reads a ledger file piece by piece, so that a large file neither blocks the thread nor fills the memory. */
import { open } from 'node:fs/promises';
import { LINE_END } from './ledger-files';

/**
 * Bytes that are read at a time: few enough to be parsed in a few milliseconds, since other extensions share
 * the thread.
 */
const PIECE = 128 * 1024;
/**
 * No line that Slipway writes has more bytes than this: even the plan of a batch of a thousand rows is far
 * shorter.
 */
const LONGEST_LINE = 16 * 1024 * 1024;

/** Whole lines of a ledger file. `start` and `end` are offsets in the file, in bytes. */
export interface Piece {
  /**
   * The lines with their line breaks; undefined for a single line that is longer than any that Slipway
   * writes.
   */
  readonly bytes: Buffer | undefined;
  readonly start: number;
  readonly end: number;
}

/**
 * The whole lines between two offsets, in order. An unfinished line at the end is left out, unless it is
 * already too long.
 * @throws the errors of the file system: `ENOENT` if the file does not exist.
 */
export async function* ledgerPieces(path: string, from: number, to: number): AsyncGenerator<Piece> {
  const file = await open(path, 'r');
  try {
    let begun: Buffer[] = [];
    let start = from;
    let isTooLong = false;
    for (let at = from; at < to; ) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(PIECE, to - at)), 0, null, at);
      if (bytesRead === 0) break;
      const read = buffer.subarray(0, bytesRead);
      const lines = isTooLong ? read.indexOf(LINE_END) + 1 : read.lastIndexOf(LINE_END) + 1;
      if (lines === 0) {
        if (!isTooLong) begun.push(read);
        at += bytesRead;
        isTooLong ||= at - start > LONGEST_LINE;
        if (isTooLong) begun = [];
        continue;
      }
      const bytes = isTooLong ? undefined : Buffer.concat([...begun, read.subarray(0, lines)]);
      yield { bytes, start, end: at + lines };
      at += lines;
      start = at;
      begun = [];
      isTooLong = false;
    }
    if (isTooLong) yield { bytes: undefined, start, end: to };
  } finally {
    await file.close();
  }
}

/** A line without its line break, and its offset in the file, in bytes. */
export interface LineOfPiece {
  /**
   * Undefined for a line that is too long or is not in braces, and so cannot be an event that Slipway wrote.
   */
  readonly text: string | undefined;
  readonly start: number;
}

const OPENS = 0x7b;
const CLOSES = 0x7d;

/** The lines of a piece. A line that does not look like a JSON object is not decoded. */
export function* linesOf({ bytes, start }: Piece): Generator<LineOfPiece> {
  if (bytes === undefined) {
    yield { text: undefined, start };
    return;
  }
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LINE_END, from);
    const isObject = bytes[from] === OPENS && bytes[end - 1] === CLOSES;
    yield { text: isObject ? bytes.toString('utf8', from, end) : undefined, start: start + from };
    from = end + 1;
  }
}
