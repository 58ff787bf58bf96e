/** The results of an earlier run over a folder: its files, and the zip that was made. */

import type { Hashed } from '../content/hashed';
import type { FileStat } from '../content/steady-file';
import type { ManifestEntry } from '../manifest';
import type { ReusedRanges } from '../packer';
import type { CentralEntry } from '../zip/layout';

export interface KnownFile extends Pick<Hashed, 'stat' | 'secrets' | 'loads'> {
  /** Stays the same object as long as the file does. */
  readonly entry: ManifestEntry;
  /**
   * The file was changed so shortly before it was read that another change might show in none of its times: to be
   * read again before it is believed.
   */
  readonly racy: boolean;
}

/** An entry of a zip, with the file that it was made of. */
export interface KnownEntry extends CentralEntry {
  readonly sha256: string;
}

export interface KnownZip {
  /** File name in the folder's cache. */
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** Digest of its manifest. */
  readonly digest: string;
  readonly level: number;
  readonly entries: readonly KnownEntry[];
  readonly reusedRanges?: ReusedRanges;
}

export interface KnownFolder {
  /** Sorted by path, byte for byte in UTF-8. */
  readonly files: readonly KnownFile[];
  /** Only a zip made by this version of zlib and of the recipe. */
  readonly zip?: KnownZip;
}

export const NOTHING_KNOWN: KnownFolder = { files: [] };

/**
 * How old (ms) a change must be when a file is read, to be told from a later one by its times alone: file systems keep
 * times as roughly as two seconds (FAT). A network drive whose clock is behind by more defeats this.
 */
const ROUGHEST_CLOCK = 2_000;

/** True if a file that was read at `readAt` (epoch ms) or later could be changed without a trace. */
export function isRacy(stat: FileStat, readAt: number): boolean {
  return Math.max(stat.modifiedMs, stat.changedMs) > readAt - ROUGHEST_CLOCK;
}
