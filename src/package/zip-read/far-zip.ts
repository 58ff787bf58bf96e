/** A zip that may lie far away, as it is read by ranges. */

/** Bytes of a file that is read in pieces: an object in S3, or a local file. */
export interface RangeSource {
  /** Bytes `start` to `start + length - 1`. A negative `start` counts from the end. `size` is the whole file's. */
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
  /** 0 stored, 8 deflated; others cannot be read, but can be compared. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly executable: boolean;
  /** Offset of the local header. */
  readonly offset: number;
}

export interface ZipDirectory {
  /** Of the whole zip, in bytes. */
  readonly size: number;
  /** In the directory's order. Of several with one name the last, which is what unpacking leaves on disk. */
  readonly entries: readonly ZipEntry[];
  /** Names that stand in the directory more than once; absent where there are none. */
  readonly duplicates?: readonly string[];
}
