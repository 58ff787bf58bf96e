/** Reads the headers of a central directory. Source: APPNOTE.TXT 4.3.12 and 4.5.3. */

import { damaged } from '../refusal';
import { hasUnixMode, nameOf } from './entry-name';
import type { ZipEntry } from './far-zip';
import { readUint64, type Window } from './window';

const HEADER_BYTES = 46;
const MOST_32 = 0xffff_ffff;
const DOS_FOLDER = 0x10;
const OWNER_EXECUTES = 0o100;

export interface CentralHeader {
  /** Undefined for a folder, which is not listed. */
  readonly entry: ZipEntry | undefined;
  /** Offset in the directory right after the header. */
  readonly end: number;
}

/**
 * @param at offset in the directory
 * @param prefix number of bytes before the zip's beginning; it is added to the entry's offset
 * @param size of the whole file, in bytes; an entry that ends beyond it is refused as damaged
 */
export function readCentralHeader(
  { view, bytes }: Window,
  at: number,
  prefix: number,
  size: number,
): CentralHeader {
  if (at + HEADER_BYTES > view.byteLength || view.getUint32(at, true) !== 0x0201_4b50)
    throw damaged('directory', { at });
  const nameEnd = at + HEADER_BYTES + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const end = extraEnd + view.getUint16(at + 32, true);
  if (end > view.byteLength) throw damaged('directory', { at });
  const flags = view.getUint16(at + 8, true);
  const system = view.getUint8(at + 5);
  const attributes = view.getUint32(at + 38, true);
  const extra = bytes.subarray(nameEnd, extraEnd);
  const path = nameOf({
    bytes: bytes.subarray(at + HEADER_BYTES, nameEnd),
    saysUtf8: (flags & 0x0800) !== 0,
    system,
    unicodePath: fieldOf(extra, 0x7075),
  });
  const narrow = [at + 24, at + 20, at + 42].map((place) => view.getUint32(place, true));
  const [length = 0, compressedSize = 0, offset = 0] = widened(narrow, fieldOf(extra, 0x0001));
  const isFolder =
    path.endsWith('/') ||
    path === '' ||
    (!hasUnixMode(system) && (attributes & DOS_FOLDER) !== 0 && length === 0);
  if (isFolder) return { entry: undefined, end };
  if (prefix + offset + compressedSize > size) throw damaged('entry', { path });
  return {
    entry: {
      path,
      size: length,
      compressedSize,
      crc32: view.getUint32(at + 16, true),
      method: view.getUint16(at + 10, true),
      encrypted: (flags & 0x0001) !== 0,
      executable: hasUnixMode(system) && ((attributes >>> 16) & OWNER_EXECUTES) !== 0,
      offset: prefix + offset,
    },
    end,
  };
}

/**
 * Replaces each value whose 32 bits are all set: the real value needs more bits, and is in the zip64 field. The
 * field's values have the same order.
 */
function widened(narrow: readonly number[], field: Uint8Array | undefined): readonly number[] {
  if (field === undefined) return narrow;
  const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
  let at = 0;
  return narrow.map((value) => {
    if (value !== MOST_32 || at + 8 > view.byteLength) return value;
    at += 8;
    return readUint64(view, at - 8);
  });
}

/** Content of an extra field; undefined if there is none, or if this field or one before it is malformed. */
function fieldOf(extra: Uint8Array, id: number): Uint8Array | undefined {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + view.getUint16(at + 2, true);
    if (end > extra.length) return undefined;
    if (view.getUint16(at, true) === id) return extra.subarray(at + 4, end);
    at = end;
  }
  return undefined;
}
