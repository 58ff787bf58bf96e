/** Reads a code zip as FinSpace would: unpacks every file to its end, and verifies its size and checksum. */
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import yauzl from 'yauzl';

export type CodeZip =
  | { readonly kind: 'readable'; readonly files: readonly string[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

export async function readCodeZip(bytes: Buffer): Promise<CodeZip> {
  try {
    const zip = await yauzl.fromBufferPromise(bytes);
    const files: string[] = [];
    for await (const entry of zip.eachEntry()) {
      const { fileName } = entry;
      if (fileName.endsWith('/')) continue;
      let checksum = 0;
      let size = 0;
      for await (const chunk of contentOf(entry, await packedBytes(zip, entry, bytes))) {
        checksum = crc32(chunk, checksum);
        size += chunk.length;
      }
      if (checksum !== entry.crc32 || size !== entry.uncompressedSize)
        return { kind: 'unreadable', reason: `${fileName} is damaged` };
      files.push(fileName);
    }
    return { kind: 'readable', files };
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function packedBytes(zip: yauzl.ZipFile, entry: yauzl.Entry, bytes: Buffer): Promise<Buffer> {
  if (!entry.canDecodeFileData()) throw new Error(`${entry.fileName} is encrypted or packed in another way`);
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  return bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize);
}

/**
 * In bytes. A file of up to this size is unpacked in one call: for many small files, streams cost more than the
 * unpacking itself.
 */
const AT_ONCE = 1024 * 1024;

function contentOf(
  { compressionMethod, uncompressedSize }: yauzl.Entry,
  packed: Buffer,
): Iterable<Buffer> | AsyncIterable<Buffer> {
  if (compressionMethod === STORED) return [packed];
  if (uncompressedSize <= AT_ONCE) return [inflateRawSync(packed, { maxOutputLength: AT_ONCE })];
  const inflater = createInflateRaw({ chunkSize: AT_ONCE });
  inflater.end(packed);
  return inflater;
}

const STORED = 0;
