/** Finds a zip's central directory from the zip's last bytes. Source: APPNOTE.TXT 4.3.14 to 4.3.16. */

import { damaged, unsupported } from '../refusal';
import type { RangeSource } from './far-zip';
import { readUint64, Window } from './window';

/** The position of the directory, and facts about the rest of the file. */
export interface DirectoryPlace {
  /** Offset of the first header. */
  readonly start: number;
  readonly end: number;
  /**
   * Number of entries according to the zip. Without zip64, only the lowest 16 bits of the number are reliable,
   * since some tools write more entries than 16 bits can number.
   */
  readonly count: number;
  readonly countIsExact: boolean;
  /** Number of bytes before the zip's beginning, to be added to every offset in it. */
  readonly prefix: number;
  /** The bytes at the end of the file, as far as they have been read. */
  readonly tail: Window;
  readonly size: number;
}

/**
 * Bytes that the first read fetches: usually they contain the end records, and the whole directory of some
 * 600 files.
 */
const TAIL = 64 * 1024;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LOCATOR_64_BYTES = 20;
const END_64_BYTES = 56;
/**
 * The most bytes from the beginning of a zip64 record to its locator. The record may contain extra data of the
 * tool that made the zip. If it begins even further before the locator, it is not fetched, but refused.
 */
const MOST_BETWEEN = 1024 * 1024;
const MOST_16 = 0xffff;
const MOST_32 = 0xffff_ffff;

export async function findDirectory(source: RangeSource, signal: AbortSignal): Promise<DirectoryPlace> {
  const { bytes, size } = await source.read(-TAIL, TAIL, signal);
  let tail = new Window(bytes, size - bytes.length);
  let at = endRecordIn(tail, true);
  if (at === undefined) {
    tail = await tail.extendedTo(Math.max(0, size - TAIL - END_BYTES - LONGEST_COMMENT), source, signal);
    at = endRecordIn(tail, true) ?? endRecordIn(tail, false);
  }
  if (at === undefined) throw damaged('end', { size });
  const end = readEnd(tail, at);
  if (!needs64(end)) return place(end, at, tail, size);
  const wide = await readEnd64(tail, at, source, signal);
  return wide === undefined ? place(end, at, tail, size) : place(wide.end, wide.at, wide.tail, size);
}

/** The contents of the end records. */
interface End {
  readonly disk: number;
  readonly count: number;
  readonly length: number;
  readonly start: number;
  readonly countIsExact: boolean;
}

/** Position of the last end record whose comment ends at the end of the file (`exactly`) or before it. */
function endRecordIn({ view, start }: Window, exactly: boolean): number | undefined {
  for (let at = view.byteLength - END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x0605_4b50) continue;
    const commentEnd = at + END_BYTES + view.getUint16(at + 20, true);
    if (exactly ? commentEnd === view.byteLength : commentEnd < view.byteLength) return start + at;
  }
  return undefined;
}

function readEnd({ view, start }: Window, position: number): End {
  const at = position - start;
  return {
    disk: Math.max(view.getUint16(at + 4, true), view.getUint16(at + 6, true)),
    count: view.getUint16(at + 10, true),
    length: view.getUint32(at + 12, true),
    start: view.getUint32(at + 16, true),
    countIsExact: false,
  };
}

function needs64({ disk, count, length, start }: End): boolean {
  return disk === MOST_16 || count === MOST_16 || length === MOST_32 || start === MOST_32;
}

/**
 * Reads the zip64 end record. Undefined if there is none: numbers of the end record that have all bits set
 * are then real values.
 */
async function readEnd64(
  tail: Window,
  endAt: number,
  source: RangeSource,
  signal: AbortSignal,
): Promise<{ readonly end: End; readonly at: number; readonly tail: Window } | undefined> {
  const locatorAt = endAt - LOCATOR_64_BYTES;
  if (locatorAt < 0) return undefined;
  const near = await tail.extendedTo(Math.max(0, locatorAt - END_64_BYTES), source, signal);
  const locator = near.slice(locatorAt, endAt).view;
  if (locator.getUint32(0, true) !== 0x0706_4b50) return undefined;
  if (locator.getUint32(16, true) > 1) throw unsupported('several-disks');
  // Bytes before the zip shift the record, so that the offset in the locator is wrong. The record is therefore
  // first looked for in its usual place, right before the locator.
  const said = readUint64(locator, 8);
  const at = is64(near, locatorAt - END_64_BYTES) ? locatorAt - END_64_BYTES : said;
  if (at > locatorAt - END_64_BYTES || at < locatorAt - MOST_BETWEEN) throw damaged('end');
  const wide = await near.extendedTo(at, source, signal);
  if (!is64(wide, at)) throw damaged('end');
  const { view } = wide.slice(at, at + END_64_BYTES);
  const end: End = {
    disk: Math.max(view.getUint32(16, true), view.getUint32(20, true)),
    count: readUint64(view, 32),
    length: readUint64(view, 40),
    start: readUint64(view, 48),
    countIsExact: true,
  };
  return { end, at, tail: wide };
}

function is64(window: Window, at: number): boolean {
  return window.holds(at, at + 4) && window.view.getUint32(at - window.start, true) === 0x0606_4b50;
}

/**
 * @param endAt offset of the zip64 end record, or else of the end record; the directory is right before it
 */
function place(end: End, endAt: number, tail: Window, size: number): DirectoryPlace {
  if (end.disk !== 0) throw unsupported('several-disks');
  const start = endAt - end.length;
  const prefix = start - end.start;
  if (start < 0 || prefix < 0) throw damaged('end', { size });
  return { start, end: endAt, count: end.count, countIsExact: end.countIsExact, prefix, tail, size };
}
