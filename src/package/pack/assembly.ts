/**
 * Builds a zip, in order, from the results of jobs and from runs of entries that are copied from the earlier
 * zip.
 */

import type { OpenZip } from '../cache/folder-store';
import type { KnownEntry } from '../cache/known-folder';
import { readBlocks } from '../content/blocks';
import type { Hashed } from '../content/hashed';
import type { ReusedRanges, SharedRange } from '../packer';
import { refuse } from '../refusal';
import type { FoundFile } from '../walk/walk';
import { combineCrc32 } from '../zip/crc';
import { centralDirectory, localHeaderLength, writeLocalHeader } from '../zip/layout';
import type { ZipFile } from '../zip/zip-file';
import type { JobRunner, Results } from './job';
import type { PackStep } from './pack-steps';
import { pairsOf } from './pairs';

type CopyRun = Extract<PackStep, { kind: 'copy' }>;

/** Bytes. S3 accepts no smaller part, so shorter runs of copied bytes are left out of `reusedRanges`. */
const SHORTEST_RANGE = 5 * 1024 * 1024;
/**
 * Bytes. A job copies runs of at least this length, so that a helper can copy them while this thread hashes
 * them.
 */
const LONG_COPY = 4 * 1024 * 1024;

interface LargeFile {
  readonly path: string;
  readonly hashed: Hashed;
  /** Offset of the header that still has to be written. */
  readonly offset: number;
  compressedSize: number;
  crc32: number;
}

export class Assembly {
  readonly entries: KnownEntry[] = [];
  /** Number of entries that were copied. */
  reused = 0;
  private readonly ranges: SharedRange[] = [];
  private large: LargeFile | undefined;

  constructor(
    private readonly target: ZipFile,
    private readonly earlier: OpenZip | undefined,
  ) {}

  addFiles(packed: Results['pack-files'], files: readonly FoundFile[]): void {
    let offset = this.target.position;
    for (const [{ path }, file] of pairsOf(files, packed.files)) {
      const { sha256, crc32, method, compressedSize, stat } = file;
      const { size, executable } = stat;
      this.entries.push({ path, executable, method, crc32, size, compressedSize, offset, sha256 });
      offset += localHeaderLength({ path, size }) + compressedSize;
    }
    this.target.append(packed.bytes);
  }

  /** Begins a large file; its pieces follow. */
  openLarge({ path }: FoundFile, hashed: Hashed): void {
    this.large = { path, hashed, offset: this.target.position, compressedSize: 0, crc32: 0 };
    this.target.leaveRoom(localHeaderLength({ path, size: hashed.stat.size }));
  }

  /**
   * Adds the next piece of the large file. With the last one, refuses with `file-changing` if the CRC-32 of the
   * pieces is not that of the content that was hashed.
   */
  addPiece(piece: Results['pack-piece'], length: number, isLast: boolean): void {
    const { large } = this;
    if (large === undefined) throw new Error('a piece of no file');
    this.target.append(piece.bytes);
    large.compressedSize += piece.bytes.length;
    large.crc32 = combineCrc32(large.crc32, piece.crc32, length);
    if (isLast) this.closeLarge(large);
  }

  private closeLarge({ path, hashed, offset, compressedSize, crc32 }: LargeFile): void {
    if (crc32 !== hashed.crc32) throw refuse('file-changing', { path });
    const { size, executable } = hashed.stat;
    const header = { path, method: 8, crc32, size, compressedSize } as const;
    const bytes = Buffer.alloc(localHeaderLength(header));
    writeLocalHeader(bytes, 0, header);
    this.target.fillRoom(bytes);
    this.entries.push({ ...header, executable, offset, sha256: hashed.sha256 });
    this.large = undefined;
  }

  /** Copies a run of entries from the earlier zip. `goOn` throws if the work is cancelled. */
  async copy(run: CopyRun, runner: JobRunner, goOn: () => void): Promise<void> {
    if (this.earlier === undefined) throw new Error('nothing to copy from');
    const { position } = this.target;
    const { start, length } = run;
    for (const entry of run.entries) {
      const { path, executable, method, crc32, size, compressedSize, sha256 } = entry;
      const offset = entry.offset - start + position;
      this.entries.push({ path, executable, method, crc32, size, compressedSize, offset, sha256 });
    }
    this.reused += run.entries.length;
    if (length >= SHORTEST_RANGE) this.ranges.push({ start: position, previousStart: start, length });
    const { descriptor } = this.earlier;
    if (length < LONG_COPY) {
      readBlocks(descriptor, start, length, (block) => this.target.append(block));
      return;
    }
    const to = { path: this.target.path, descriptor: this.target.descriptor };
    const copied = runner.run({ kind: 'copy-bytes', from: descriptor, start, length, to, position });
    try {
      readBlocks(descriptor, start, length, (block) => {
        goOn();
        this.target.addWritten(block);
      });
    } finally {
      await copied;
    }
  }

  /** Writes the directory and closes the zip. */
  finish(): { readonly sha256: string; readonly size: number; readonly reusedRanges?: ReusedRanges } {
    this.target.append(centralDirectory(this.entries, this.target.position));
    const size = this.target.position;
    const sha256 = this.target.finish();
    if (this.earlier === undefined || this.ranges.length === 0) return { sha256, size };
    const { digest, sha256: before, size: sizeBefore } = this.earlier.zip;
    return {
      sha256,
      size,
      reusedRanges: { from: { digest, sha256: before, size: sizeBefore }, ranges: this.ranges },
    };
  }
}
