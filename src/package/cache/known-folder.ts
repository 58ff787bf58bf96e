/** What an earlier run over a folder found out: its files, and the zip that it made. */

import type { Hashed } from '../content/hashed';
import type { FileStat } from '../content/steady-file';
import type { ManifestEntry } from '../manifest';
import type { ReusedRanges } from '../packer';
import type { CentralEntry } from '../zip/layout';

export interface KnownFile extends Pick<Hashed, 'stat' | 'secrets' | 'loads'> {
  /** The same object as long as the file does not change. */
  readonly entry: ManifestEntry;
  /**
   * The file was read so shortly after a change that a further change might not show in its times: it has to be read
   * again.
   */
  readonly racy: boolean;
}

/** An entry of a zip, with facts about the file that it was made from. */
export interface KnownEntry extends CentralEntry {
  readonly sha256: string;
}

export interface KnownZip {
  /** File name in the folder's cache. */
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** Digest of the zip's manifest. */
  readonly digest: string;
  readonly level: number;
  readonly entries: readonly KnownEntry[];
  readonly reusedRanges?: ReusedRanges;
}

export interface KnownFolder {
  /** Sorted by path, byte for byte in UTF-8. */
  readonly files: readonly KnownFile[];
  /** Absent unless this version of zlib and of the recipe has made it. */
  readonly zip?: KnownZip;
}

export const NOTHING_KNOWN: KnownFolder = { files: [] };

/**
 * How old (ms) a change must be when a file is read, so that the times show every later change: the coarsest file
 * system, FAT, rounds times to two seconds. A network drive whose clock is behind by more than that defeats this.
 */
const ROUGHEST_CLOCK = 2_000;

/** True if a file that was read at `readAt` (epoch ms) or later could change without any sign in its times. */
export function isRacy(stat: FileStat, readAt: number): boolean {
  return Math.max(stat.modifiedMs, stat.changedMs) > readAt - ROUGHEST_CLOCK;
}
