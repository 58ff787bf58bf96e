/** A zip that is read in ranges, since it may be remote. */

/** A file that is read in pieces: an object in S3, or a file whose bytes are all in memory. */
export interface RangeSource {
  /**
   * Reads bytes `start` to `start + length - 1`, as far as the file has them; a negative `start` counts from
   * the end. `size` in the answer is that of the whole file.
   */
  read(
    start: number,
    length: number,
    signal: AbortSignal,
  ): Promise<{ readonly bytes: Uint8Array; readonly size: number }>;
}

export interface ZipEntry {
  /** As in {@link import('../manifest').ManifestEntry}; folders are not listed. */
  readonly path: string;
  readonly size: number;
  readonly compressedSize: number;
  readonly crc32: number;
  /** 0: stored; 8: deflated. Entries of other methods can be compared, but not read. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly executable: boolean;
  /** Offset of the entry's local header. */
  readonly offset: number;
}

export interface ZipDirectory {
  /** Size of the whole zip, in bytes. */
  readonly size: number;
  /**
   * In the directory's order. If several entries have the same name, only the last is listed, since unpacking
   * leaves the content of the last one on disk.
   */
  readonly entries: readonly ZipEntry[];
  /** Names that the directory lists more than once; absent if there are none. */
  readonly duplicates?: readonly string[];
}
