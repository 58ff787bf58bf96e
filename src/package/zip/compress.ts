/**
 * Compresses the contents of files into the data of zip entries. The result depends only on the bytes and the level, so
 * that the same folder gives the same zip (for one version of zlib) on any number of threads, in one run or over many.
 */
import { isAscii } from 'node:buffer';
import { constants, deflateRawSync } from 'node:zlib';
import { Deflater, MEM_LEVEL } from './deflater';
import type { Method } from './layout';

/**
 * Version of the compression rules and of the zip's layout: increase it with every change that alters a zip's
 * bytes.
 */
export const RECIPE = 2;

/** In bytes. Larger files are deflated in pieces of {@link PIECE}, so that several threads can share the work. */
export const LARGEST_WHOLE = 2 * 1024 * 1024;
export const PIECE = 1024 * 1024;
/**
 * Number of bytes that deflate looks back. A piece's dictionary is the content before the piece, up to this
 * many bytes.
 */
export const WINDOW = 32 * 1024;

/** In bytes. For folders of this size or more, speed matters more than a zip that is three percent smaller. */
const LARGE_FOLDER = 16 * 1024 * 1024;

/** The zlib level for a folder of that many bytes. */
export function levelFor(bytes: number): number {
  return bytes >= LARGE_FOLDER ? 3 : 6;
}

export interface Compressed {
  readonly method: Method;
  readonly compressedSize: number;
}

/**
 * Writes a whole file's data into `target` at `at`: deflated, or stored if the file is empty, looks
 * incompressible or does not become smaller. `target` must have room for the uncompressed file.
 */
export function compress(
  bytes: Uint8Array,
  { level, deflater }: { readonly level: number; readonly deflater: Deflater },
  target: Uint8Array,
  at: number,
): Compressed {
  const worthIt = bytes.length > 0 && !looksIncompressible(bytes);
  const compressedSize = worthIt ? deflater.deflate(bytes, level, target, at) : undefined;
  if (compressedSize !== undefined) return { method: 8, compressedSize };
  target.set(bytes, at);
  return { method: 0, compressedSize: bytes.length };
}

/** Deflates a piece of a large file. All pieces together are one deflate stream, which only the last piece ends. */
export function compressPiece(
  bytes: Uint8Array,
  before: Uint8Array,
  level: number,
  isLast: boolean,
): Uint8Array {
  const stored = looksIncompressible(bytes);
  return deflateRawSync(bytes, {
    level: stored ? constants.Z_NO_COMPRESSION : level,
    memLevel: MEM_LEVEL,
    chunkSize: stored ? bytes.length + SPARE : roomFor(bytes),
    finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    ...(before.length > 0 ? { dictionary: before } : {}),
  });
}

/**
 * Bytes added to an output buffer: more than deflate's overhead for stored data, and enough that Node does
 * not take the buffer from its shared pool.
 */
const SPARE = 8 * 1024;

/**
 * Bytes to allocate for a deflated piece: enough for text, so that little memory is wasted. If the output is
 * longer, Node allocates more.
 */
function roomFor(bytes: Uint8Array): number {
  return (bytes.length >>> 1) + SPARE;
}

const SMALLEST_JUDGED = 4096;
const SLICES = 8;
const SLICE = 256;

/**
 * Judges by samples. Returns true if the content is not too short to judge, the sampled bytes are evenly
 * distributed, and deflate shortens a part of the content by at most 2 percent. An even distribution alone
 * proves nothing: content that repeats over long distances may be evenly distributed, too.
 */
function looksIncompressible(bytes: Uint8Array): boolean {
  return bytes.length >= SMALLEST_JUDGED && isEvenlySpread(bytes) && !partDeflates(bytes);
}

function isEvenlySpread(bytes: Uint8Array): boolean {
  const middle = bytes.length >>> 1;
  // ASCII is nearly always text; half of all random bytes are outside of ASCII.
  if (isAscii(bytes.subarray(middle, middle + SLICE))) return false;
  const counts = new Uint32Array(256);
  const apart = Math.floor((bytes.length - SLICE) / (SLICES - 1));
  for (let slice = 0; slice < SLICES; slice++) {
    for (let at = 0; at < SLICE; at++) {
      const byte = bytes[slice * apart + at] as number;
      counts[byte] = (counts[byte] as number) + 1;
    }
  }
  // For n random bytes the sum of the squared counts is about n + n²/256; for text it is several times as
  // large.
  const n = SLICES * SLICE;
  const squares = counts.reduce((sum, count) => sum + count * count, 0);
  return squares < 1.25 * (n + (n * n) / 256);
}

const LONGEST_PART = 16 * 1024;
/** Uses zlib's usual memory level: the output goes into no zip, so {@link MEM_LEVEL} is not needed. */
const JUDGE = new Deflater(8);
const JUDGED = new Uint8Array(LONGEST_PART);

function partDeflates(bytes: Uint8Array): boolean {
  const length = Math.min(LONGEST_PART, bytes.length >>> 2);
  const middle = (bytes.length - length) >>> 1;
  const deflated = JUDGE.deflate(bytes.subarray(middle, middle + length), 1, JUDGED, 0);
  return deflated !== undefined && deflated < 0.98 * length;
}
