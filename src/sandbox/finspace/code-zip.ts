/** Takes a code zip apart as FinSpace would: every entry is read to its end and its checksum verified. */
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';

export type CodeZip =
  | { readonly kind: 'readable'; readonly files: readonly string[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

export async function readCodeZip(bytes: Buffer): Promise<CodeZip> {
  try {
    const zip = await yauzl.fromBufferPromise(bytes);
    const files: string[] = [];
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      let checksum = 0;
      for await (const chunk of await zip.openReadStreamPromise(entry)) checksum = crc32(chunk, checksum);
      if (checksum !== entry.crc32) return { kind: 'unreadable', reason: `${entry.fileName} is damaged` };
      files.push(entry.fileName);
    }
    return { kind: 'readable', files };
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
}
