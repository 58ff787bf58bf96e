/** What one run knows of a folder's files: what was known before and still holds, and what it has read itself. */
import type { FolderStore } from '../cache/folder-store';
import { isRacy, type KnownFile, type KnownFolder, type KnownZip } from '../cache/known-folder';
import { sameStat } from '../content/steady-file';
import { type Manifest, manifestOf } from '../manifest';
import type { PackProgress } from '../packer';
import type { FoundFile } from '../walk/walk';
import { type CancelFlag, throwIfRaised } from './cancel';
import type { Found } from './find';
import { inOrder } from './in-order';
import type { Hashed, JobRunner } from './job';
import { pairsOf } from './pairs';

/** What a run works with. */
export interface RunContext {
  readonly found: Found;
  readonly store: FolderStore;
  /** Who reads `read` bytes, and copies `copied` ones. */
  readonly runnerFor: (read: number, copied: number) => JobRunner;
  readonly cancel: CancelFlag;
  readonly report: (progress: PackProgress) => void;
  /** Epoch milliseconds at which the walk began. */
  readonly startedAt: number;
}

/** An answer, and what is to be written down once it was given. */
export interface Done<T> {
  readonly answer: T;
  readonly remember: () => void;
}

/** Files are hashed in jobs of about this many bytes. */
const BATCH = 4 * 1024 * 1024;

export class FolderRun {
  readonly before: KnownFolder;
  readonly files: readonly FoundFile[];
  readonly totalBytes: number;
  private readonly known = new Map<string, KnownFile>();
  /** In the zip's order; those that were read meanwhile among them. */
  private readonly notKnownAtFirst: readonly FoundFile[];
  private readonly learnt = { files: 0, bytes: 0 };

  constructor(
    private readonly context: RunContext,
    private readonly phase: PackProgress['phase'],
  ) {
    this.before = context.store.load();
    this.files = context.found.walk.files;
    this.totalBytes = bytesOf(this.files);
    this.notKnownAtFirst = context.found.contents.statsTell ? this.recognize() : this.files;
  }

  /** Takes over what was known of files whose size and times are the same; returns the others. */
  private recognize(): readonly FoundFile[] {
    return this.files.filter(({ path, stat }) => {
      const file = this.before.files.get(path);
      const isKnown = file !== undefined && !file.racy && sameStat(file.stat, stat);
      if (isKnown) this.known.set(path, file);
      return !isKnown;
    });
  }

  get(file: FoundFile): KnownFile | undefined {
    return this.known.get(file.path);
  }

  unknown(): readonly FoundFile[] {
    return this.notKnownAtFirst.filter(({ path }) => !this.known.has(path));
  }

  learn(file: FoundFile, { stat, sha256, crc32, secrets, loads }: Hashed): void {
    const racy = isRacy(stat, this.context.startedAt);
    this.known.set(file.path, { stat, sha256, crc32, secrets, loads, racy });
    this.learnt.files += 1;
    this.learnt.bytes += stat.size;
    this.context.report({
      phase: this.phase,
      ...this.learnt,
      totalFiles: this.files.length,
      totalBytes: this.totalBytes,
    });
  }

  async hash(files: readonly FoundFile[]): Promise<void> {
    const { runnerFor, found, cancel } = this.context;
    const runner = runnerFor(bytesOf(files), 0);
    await inOrder(batchesOf(files), runner.ahead, async (batch) => {
      throwIfRaised(cancel);
      const sources = await Promise.all(batch.map((file) => found.contents.source(file)));
      const hashed = await runner.run({ kind: 'hash-files', sources });
      return () => {
        for (const [file, result] of pairsOf(batch, hashed)) this.learn(file, result);
      };
    });
  }

  /** Of all files, which must be known by now. */
  manifest(): Manifest {
    return manifestOf(
      this.files.map((found) => {
        const file = this.get(found);
        if (file === undefined) throw new Error(`${found.path} was not read`);
        const { stat, sha256, crc32 } = file;
        return { path: found.path, size: stat.size, executable: stat.executable, sha256, crc32 };
      }),
    );
  }

  /** Writes down what is known, if anything of it is new. */
  remember(zip: KnownZip | undefined): void {
    const { store } = this.context;
    const same =
      this.learnt.files === 0 && this.known.size === this.before.files.size && zip === this.before.zip;
    if (!same) store.save({ files: this.known, ...(zip === undefined ? {} : { zip }) });
  }
}

export function bytesOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, { stat }) => sum + stat.size, 0);
}

function* batchesOf(files: readonly FoundFile[]): Generator<readonly FoundFile[]> {
  let batch: FoundFile[] = [];
  let bytes = 0;
  for (const file of files) {
    batch.push(file);
    bytes += file.stat.size;
    if (bytes >= BATCH) {
      yield batch;
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
