/** The content of a zip, known before it is packed. Equal digests mean equal code, whichever zlib made the zip. */
import { createHash } from 'node:crypto';

export interface ManifestEntry {
  /** Path inside the zip: `/` between folders, no leading slash, in the Unicode form that the file system gives. */
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
  /** SHA-256 of the content, hex. */
  readonly sha256: string;
  /** CRC-32 of the content, as in zip directories. */
  readonly crc32: number;
}

export interface Manifest {
  /** Sorted by path, byte for byte in UTF-8. */
  readonly entries: readonly ManifestEntry[];
  /** SHA-256 over path, executable bit, size and SHA-256 of every entry, hex. */
  readonly digest: string;
  /** Sum of the sizes. */
  readonly bytes: number;
}

/** The collected text is hashed when it has reached this number of characters. */
const BLOCK = 16_384;

/**
 * The manifest of sorted entries. Its digest is the SHA-256 of this UTF-8 text: the line `slipway-manifest 1`, then for
 * each entry in order its path, NUL, `x` or `-` (executable or not), NUL, its size in decimal, NUL, its SHA-256 in
 * lower-case hex, and a line feed. No path contains a NUL, so no two manifests share a text.
 */
export function manifestOf(entries: readonly ManifestEntry[]): Manifest {
  const hash = createHash('sha256');
  let text = 'slipway-manifest 1\n';
  let bytes = 0;
  for (const { path, executable, size, sha256 } of entries) {
    text += `${path}\0${executable ? 'x' : '-'}\0${size}\0${sha256}\n`;
    bytes += size;
    if (text.length < BLOCK) continue;
    hash.update(text);
    text = '';
  }
  return { entries, digest: hash.update(text).digest('hex'), bytes };
}
