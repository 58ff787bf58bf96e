/**
 * The records of a zip in Slipway's form: names in UTF-8, one fixed time, Unix modes, sizes before the data,
 * and zip64 only where numbers do not fit, or might not fit, into the usual fields.
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */

/** 0: stored; 8: deflated. */
export type Method = 0 | 8;

/** The members that an entry's local header and its header in the central directory both contain. */
export interface EntryHeader {
  readonly path: string;
  readonly method: Method;
  readonly crc32: number;
  readonly size: number;
  readonly compressedSize: number;
}

export interface CentralEntry extends EntryHeader {
  readonly executable: boolean;
  /** Offset of the local header. */
  readonly offset: number;
}

const NAMES_ARE_UTF8 = 0x0800;
const MADE_ON_UNIX = 3 << 8;
/** 1980-01-01, the first day of the zip format: a fixed time gives the same bytes whenever the files are packed. */
const DATE = 0x0021;
const REGULAR_FILE = 0o100000;
const MOST_32 = 0xffff_ffff;
const MOST_16 = 0xffff;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const END_64_BYTES = 56;
const LOCATOR_64_BYTES = 20;
/** Deflate can make data longer by up to this many bytes, so a file this close to 4 GiB may need 64-bit sizes. */
const SLACK = 16 * 1024 * 1024;

/**
 * Whether the local header has 64-bit sizes. This depends only on the uncompressed size, so that the header's
 * length is known before packing.
 */
function isHuge(size: number): boolean {
  return size >= MOST_32 - SLACK;
}

/** Length in bytes of an entry's local header. */
export function localHeaderLength(entry: { readonly path: string; readonly size: number }): number {
  return LOCAL_BYTES + Buffer.byteLength(entry.path) + (isHuge(entry.size) ? 20 : 0);
}

/** The fixed part of a header is built here and then copied, which is faster than a Buffer's checked writes. */
const fixed = new Uint8Array(CENTRAL_BYTES);
const fields = new DataView(fixed.buffer);

/** Writes a local header into `target` at `at`, and returns the offset after it. */
export function writeLocalHeader(target: Buffer, at: number, entry: EntryHeader): number {
  const huge = isHuge(entry.size);
  const nameLength = target.write(entry.path, at + LOCAL_BYTES);
  fields.setUint32(0, 0x0403_4b50, true);
  setShared(4, entry, huge ? 45 : 20);
  if (huge) {
    fields.setUint32(18, MOST_32, true);
    fields.setUint32(22, MOST_32, true);
  }
  fields.setUint16(26, nameLength, true);
  fields.setUint16(28, huge ? 20 : 0, true);
  target.set(fixed.subarray(0, LOCAL_BYTES), at);
  const nameEnd = at + LOCAL_BYTES + nameLength;
  return huge ? writeExtra(target, nameEnd, [entry.size, entry.compressedSize]) : nameEnd;
}

/** The central directory and its end records. `start`: offset at which the directory will be written. */
export function centralDirectory(entries: readonly CentralEntry[], start: number): Buffer {
  const longest = entries.reduce((sum, { path }) => sum + CENTRAL_BYTES + 3 * path.length + 28, 0);
  const target = Buffer.allocUnsafe(longest + END_64_BYTES + LOCATOR_64_BYTES + END_BYTES);
  let at = 0;
  for (const entry of entries) at = writeCentralEntry(target, at, entry);
  const end = { count: entries.length, length: at, start };
  if (end.count >= MOST_16 || end.length >= MOST_32 || end.start >= MOST_32) at = writeEnd64(target, at, end);
  return target.subarray(0, writeEnd(target, at, end));
}

function writeCentralEntry(target: Buffer, at: number, entry: CentralEntry): number {
  const wide = wideNumbers(entry);
  const nameLength = target.write(entry.path, at + CENTRAL_BYTES);
  fields.setUint32(0, 0x0201_4b50, true);
  fields.setUint16(4, MADE_ON_UNIX | 45, true);
  setShared(6, entry, wide.length > 0 || isHuge(entry.size) ? 45 : 20);
  fields.setUint16(28, nameLength, true);
  fields.setUint16(30, wide.length === 0 ? 0 : 4 + 8 * wide.length, true);
  // No comment, disk 0, no internal attributes.
  fixed.fill(0, 32, 38);
  fields.setUint32(38, ((REGULAR_FILE | (entry.executable ? 0o755 : 0o644)) << 16) >>> 0, true);
  fields.setUint32(42, Math.min(entry.offset, MOST_32), true);
  target.set(fixed, at);
  const nameEnd = at + CENTRAL_BYTES + nameLength;
  return wide.length === 0 ? nameEnd : writeExtra(target, nameEnd, wide);
}

const NONE: readonly number[] = [];

/** The numbers that do not fit into the entry's 32-bit fields. */
function wideNumbers({ size, compressedSize, offset }: CentralEntry): readonly number[] {
  if (size < MOST_32 && compressedSize < MOST_32 && offset < MOST_32) return NONE;
  return [size, compressedSize, offset].filter((value) => value >= MOST_32);
}

/** Sets the 22 bytes that both headers share, from "version needed" to the uncompressed size. */
function setShared(at: number, entry: EntryHeader, versionNeeded: number): void {
  fields.setUint16(at, versionNeeded, true);
  fields.setUint16(at + 2, NAMES_ARE_UTF8, true);
  fields.setUint16(at + 4, entry.method, true);
  fields.setUint16(at + 6, 0, true);
  fields.setUint16(at + 8, DATE, true);
  fields.setUint32(at + 10, entry.crc32, true);
  fields.setUint32(at + 14, Math.min(entry.compressedSize, MOST_32), true);
  fields.setUint32(at + 18, Math.min(entry.size, MOST_32), true);
}

function writeExtra(target: Buffer, at: number, values: readonly number[]): number {
  target.writeUInt16LE(0x0001, at);
  target.writeUInt16LE(8 * values.length, at + 2);
  let end = at + 4;
  for (const value of values) end = target.writeBigUInt64LE(BigInt(value), end);
  return end;
}

interface End {
  readonly count: number;
  readonly length: number;
  readonly start: number;
}

function writeEnd64(target: Buffer, at: number, { count, length, start }: End): number {
  target.writeUInt32LE(0x0606_4b50, at);
  target.writeBigUInt64LE(BigInt(END_64_BYTES - 12), at + 4);
  target.writeUInt16LE(MADE_ON_UNIX | 45, at + 12);
  target.writeUInt16LE(45, at + 14);
  target.writeBigUInt64LE(0n, at + 16);
  target.writeBigUInt64LE(BigInt(count), at + 24);
  target.writeBigUInt64LE(BigInt(count), at + 32);
  target.writeBigUInt64LE(BigInt(length), at + 40);
  target.writeBigUInt64LE(BigInt(start), at + 48);
  const locator = at + END_64_BYTES;
  target.writeUInt32LE(0x0706_4b50, locator);
  target.writeUInt32LE(0, locator + 4);
  target.writeBigUInt64LE(BigInt(start + length), locator + 8);
  target.writeUInt32LE(1, locator + 16);
  return locator + LOCATOR_64_BYTES;
}

function writeEnd(target: Buffer, at: number, { count, length, start }: End): number {
  target.writeUInt32LE(0x0605_4b50, at);
  target.writeUInt32LE(0, at + 4);
  target.writeUInt16LE(Math.min(count, MOST_16), at + 8);
  target.writeUInt16LE(Math.min(count, MOST_16), at + 10);
  target.writeUInt32LE(Math.min(length, MOST_32), at + 12);
  target.writeUInt32LE(Math.min(start, MOST_32), at + 16);
  target.writeUInt16LE(0, at + 20);
  return at + END_BYTES;
}
