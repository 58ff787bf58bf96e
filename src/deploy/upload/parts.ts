/**
 * Cuts a large zip into parts. Long ranges that the zip shares with an earlier zip are copied inside S3;
 * the other bytes are sent.
 */
import type { SharedRange } from '../../package/packer';

const MiB = 1024 * 1024;
/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const SMALLEST_PART = 5 * MiB;
const MOST_PARTS = 10_000;
/**
 * Bytes; a longer run of bytes is sent in parts of about this length, or up to twice as long: short enough
 * to be sent again on an unreliable network. The parts of a very large zip are longer.
 */
const USUAL_PART = 8 * MiB;
/**
 * Bytes; a longer range is copied in parts of about this length, or up to twice as long. S3 allows at most
 * 5 GiB for one part.
 */
const COPIED_PART = 1024 * MiB;

export interface Part {
  /** Counted from 1. */
  readonly number: number;
  readonly start: number;
  readonly length: number;
  /** Offset of the same bytes in the earlier zip; absent for a part that is sent. */
  readonly copiedFrom?: number;
}

type Piece = Omit<Part, 'number'>;

/**
 * Parts that cover `size` bytes in order, each but the last at least 5 MiB long. `shared`: ascending and
 * disjoint ranges. A piece of a range is sent, not copied, where a part would otherwise be shorter than 5
 * MiB.
 */
export function partsOf(size: number, shared: readonly SharedRange[] = []): readonly Part[] {
  const usual = Math.max(USUAL_PART, Math.ceil(size / (MOST_PARTS / 2)));
  const pieces: Piece[] = [];
  let sent = 0;
  for (const range of shared) {
    const end = range.start + range.length;
    // The bytes before the range are sent. If they are too few for a part, the part takes bytes from the range.
    const start = sent === range.start ? sent : Math.max(range.start, sent + SMALLEST_PART);
    if (end - start < SMALLEST_PART) continue;
    pieces.push(...cut(sent, start, usual));
    const copied = range.previousStart + (start - range.start);
    for (const { start: at, length } of cut(start, end, COPIED_PART)) {
      pieces.push({ start: at, length, copiedFrom: copied + (at - start) });
    }
    sent = end;
  }
  pieces.push(...cut(sent, size, usual));
  return pieces.map((piece, index) => ({ number: index + 1, ...piece }));
}

/**
 * Cuts the bytes from `start` to `end` into equal pieces of `length` to twice `length` bytes; the last piece
 * may be a few bytes shorter. Fewer than `length` bytes become one piece, and no bytes become none.
 */
function cut(start: number, end: number, length: number): readonly Piece[] {
  const count = Math.max(1, Math.floor((end - start) / length));
  if (end <= start) return [];
  const each = Math.ceil((end - start) / count);
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * each;
    return { start: at, length: Math.min(each, end - at) };
  });
}
