/** Fetches one file out of a remote zip. */
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { damaged, unsupported } from '../refusal';
import type { RangeSource, ZipEntry } from './far-zip';

/** In bytes. A larger file is not fetched, since it is too large to be shown in an editor. */
export const LARGEST_ENTRY = 48 * 1024 * 1024;
const HEADER_BYTES = 30;
/**
 * Bytes to read for the extra fields of a local header: some common tools make them longer there than in the directory.
 */
const ROOM_FOR_EXTRA = 128;
const STORED = 0;
const DEFLATED = 8;

const inflate = promisify(inflateRaw);

/**
 * The content, checked against its size and CRC. Needs one read, or two if the local header is longer than expected.
 * Refusals: `zip-unsupported` (encrypted, another method, larger than 48 MiB) and `zip-damaged`.
 */
export async function readZipEntry(
  source: RangeSource,
  entry: ZipEntry,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { path, size, compressedSize, method } = entry;
  if (entry.encrypted) throw unsupported('encrypted', { path });
  if (method !== STORED && method !== DEFLATED) throw unsupported('method', { path, method });
  if (Math.max(size, compressedSize) > LARGEST_ENTRY)
    throw unsupported('large-entry', { path, size, most: LARGEST_ENTRY });
  const data = await readData(source, entry, signal);
  const content = method === STORED ? data : await inflated(data, entry);
  signal.throwIfAborted();
  if (content.length !== size || crc32(content) !== entry.crc32) throw damaged('content', { path });
  return content;
}

async function readData(
  source: RangeSource,
  { path, offset, compressedSize }: ZipEntry,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const guess = HEADER_BYTES + Buffer.byteLength(path) + ROOM_FOR_EXTRA + compressedSize;
  const { bytes } = await source.read(offset, guess, signal);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== 0x0403_4b50)
    throw damaged('entry', { path });
  const start = HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
  const end = start + compressedSize;
  // An empty file needs no second read, even if a damaged header gives its data a position beyond the bytes
  // read.
  if (end <= bytes.length || compressedSize === 0) return bytes.subarray(start, end);
  const had = bytes.subarray(Math.min(start, bytes.length));
  const { bytes: rest } = await source.read(offset + start + had.length, compressedSize - had.length, signal);
  if (had.length + rest.length !== compressedSize) throw damaged('entry', { path });
  return Buffer.concat([had, rest]);
}

async function inflated(data: Uint8Array, { path, size }: ZipEntry): Promise<Uint8Array> {
  try {
    return await inflate(data, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw damaged('content', {
      path,
      code: error instanceof Error && 'code' in error ? String(error.code) : '',
    });
  }
}
