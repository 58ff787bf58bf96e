/** The jobs that packing is divided into, and their results. They are sent between the coordinator and its helpers. */

import type { Hashed } from '../content/hashed';
import type { DiskFile, FileStat } from '../content/steady-file';
import type { StatTable } from '../walk/stat-prefetch';
import type { OpenFile } from '../writing';
import type { Method } from '../zip/layout';

/** A file to read: from disk, or from memory for a virtual file system. */
export type Source =
  | DiskFile
  | { readonly path: string; readonly bytes: Uint8Array; readonly stat: FileStat };

/**
 * A file that a job has hashed and packed. The `bytes` of the job's result contain the file's local header
 * followed by its data.
 */
export interface Packed extends Hashed {
  readonly method: Method;
  readonly compressedSize: number;
}

/** The most files in one job, however small the files are: their names and times use space in a helper's small heap. */
export const MOST_FILES = 1_000;

/** Hashes files of any size. */
export interface HashFiles {
  readonly kind: 'hash-files';
  readonly sources: readonly Source[];
}

/** Hashes and compresses small files. */
export interface PackFiles {
  readonly kind: 'pack-files';
  readonly sources: readonly Source[];
  readonly level: number;
  /**
   * Memory for the packed bytes, used if it is large enough for them. It is shared with the helper, so that the
   * bytes need not be copied, and later jobs reuse it.
   */
  readonly buffer: SharedArrayBuffer;
}

/** Compresses `length` bytes of a large file. */
export interface PackPiece {
  readonly kind: 'pack-piece';
  readonly source: Source;
  readonly start: number;
  readonly length: number;
  readonly isLast: boolean;
  readonly level: number;
}

/** Copies bytes from one open file to another; a file descriptor is valid in all threads of a process. */
export interface CopyBytes {
  readonly kind: 'copy-bytes';
  readonly from: number;
  readonly start: number;
  readonly length: number;
  readonly to: OpenFile;
  /** Offset in `to`. */
  readonly position: number;
}

/** Reads stats of files before the walk reaches them. */
export interface LookAhead {
  readonly kind: 'prefetch-stats';
  /** Absolute path of the folder. */
  readonly root: string;
  readonly table: StatTable;
}

export type Job = HashFiles | PackFiles | PackPiece | CopyBytes | LookAhead;

export interface Results {
  readonly 'hash-files': readonly Hashed[];
  readonly 'pack-files': { readonly files: readonly Packed[]; readonly bytes: Uint8Array };
  readonly 'pack-piece': { readonly bytes: Uint8Array; readonly crc32: number };
  readonly 'copy-bytes': null;
  readonly 'prefetch-stats': null;
}

export type ResultOf<J extends Job> = Results[J['kind']];

/** Carries out jobs, on helpers or on the coordinator's own thread. Rejects with the failure of the job. */
export interface JobRunner {
  /** How many jobs may still be unfinished when the caller starts another job. */
  readonly ahead: number;
  run<J extends Job>(job: J): Promise<ResultOf<J>>;
}
