/** What a zip holds, known before it is packed: equal digests mean equal code, whatever zlib made the zip. */

export interface ManifestEntry {
  /** Path inside the zip: `/` between folders, no leading slash, Unicode as the file system gives it. */
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
  /** SHA-256 of the content, hex. */
  readonly sha256: string;
  /** CRC-32 of the content, as zip directories hold it. */
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
