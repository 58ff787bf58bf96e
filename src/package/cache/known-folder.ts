/** The results of an earlier run over a folder: the folder's files, and the zip that was made. */

import type { Hashed } from '../content/hashed';
import type { FileStat } from '../content/steady-file';
import type { ManifestEntry } from '../manifest';
import type { ReusedRanges } from '../packer';
import type { CentralEntry } from '../zip/layout';

export interface KnownFile extends Pick<Hashed, 'stat' | 'secrets' | 'loads'> {
  /**
   * The same object as in the run before, unless the file or the index was read again: manifests are compared
   * by the identity of their entries.
   */
  readonly entry: ManifestEntry;
  /**
   * True if the file was read so soon after a change that its times might not show a later change: the next run
   * has to read it again.
   */
  readonly racy: boolean;
}

/** An entry of a zip, with the SHA-256 of the content of the file that it was made from. */
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
  /**
   * Absent if no zip is known, or if the zip was made by another version of zlib or of the compression rules.
   */
  readonly zip?: KnownZip;
}

export const NOTHING_KNOWN: KnownFolder = { files: [] };

/**
 * Milliseconds that must lie between a file's last change and a read of the file: only then do the file's
 * times show every later change. The coarsest file system, FAT, rounds times to two seconds. If the clock of a
 * network drive is behind by more than that, changes may be missed.
 */
const ROUGHEST_CLOCK = 2_000;

/**
 * True if a change after the read might not show in the file's times.
 * @param readAt epoch milliseconds; the file was read at this time or later
 */
export function isRacy(stat: FileStat, readAt: number): boolean {
  return Math.max(stat.modifiedMs, stat.changedMs) > readAt - ROUGHEST_CLOCK;
}
