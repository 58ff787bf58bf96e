/**
 * The results for a folder's files during one run: the results of earlier runs that are still valid,
 * and the new results of this run.
 */

import { present } from '../../model/present';
import { ByPath } from '../by-path';
import type { FolderStore } from '../cache/folder-store';
import { isRacy, type KnownFile, type KnownFolder, type KnownZip } from '../cache/known-folder';
import type { Hashed } from '../content/hashed';
import { sameStat } from '../content/steady-file';
import { type Manifest, manifestOf } from '../manifest';
import type { PackProgress } from '../packer';
import type { FoundFile } from '../walk/walk';
import { type CancelFlag, throwIfRaised } from './cancel';
import type { Found } from './find';
import { inOrder } from './in-order';
import { type JobRunner, MOST_FILES } from './job';
import { pairsOf } from './pairs';

/** The inputs and tools of a run. */
export interface RunContext {
  readonly found: Found;
  readonly store: FolderStore;
  /** The runner for jobs that together read `read` bytes and copy `copied` bytes. */
  readonly runnerFor: (read: number, copied: number) => JobRunner;
  readonly cancel: CancelFlag;
  readonly report: (progress: PackProgress) => void;
  /** Epoch milliseconds, taken before the walk began. */
  readonly startedAt: number;
}

/**
 * An answer, and a function that stores the run's new results. The function is to be called after the answer
 * was given.
 */
export interface Done<T> {
  readonly answer: T;
  readonly remember: () => void;
}

/**
 * Bytes. A hashing job ends with the file that brings the job to this size, or to {@link MOST_FILES}
 * files.
 */
const BATCH = 4 * 1024 * 1024;

/** Manifests by known folder, so that a run that finds nothing new need not make the manifest again. */
const manifests = new WeakMap<KnownFolder, Manifest>();

export class FolderRun {
  readonly before: KnownFolder;
  readonly files: readonly FoundFile[];
  readonly totalBytes: number;
  /**
   * For each file, in order, its result from an earlier run, if that result is still valid. Empty if stats do
   * not show whether files have changed.
   */
  private readonly kept: readonly (KnownFile | undefined)[];
  private readonly notKept: readonly FoundFile[];
  /**
   * The results of the files that were read in this run, by path. They take precedence over those in {@link
   * kept}: a file with a kept result may be read again to be packed.
   */
  private readonly learnt = new Map<string, KnownFile>();
  private phase: PackProgress['phase'] = 'hashing';
  /** Number of files that are done in this phase, including those that the phase need not read. */
  private doneFiles = 0;
  private doneBytes = 0;
  private made: Manifest | undefined;

  constructor(private readonly context: RunContext) {
    this.before = context.store.load();
    this.files = context.found.walk.files;
    this.totalBytes = bytesOf(this.files);
    this.kept = context.found.contents.statsTell ? this.recognized() : [];
    this.notKept = this.files.filter((_, at) => this.kept[at] === undefined);
  }

  /**
   * For each file, in order, its result from an earlier run, if the file still has the same stat and the
   * result is not `racy`.
   */
  private recognized(): readonly (KnownFile | undefined)[] {
    const before = new ByPath(this.before.files, ({ entry }) => entry.path);
    return this.files.map(({ path, stat }) => {
      const file = before.find(path);
      return file !== undefined && !file.racy && sameStat(file.stat, stat) ? file : undefined;
    });
  }

  /** The result for the file at an index of {@link files}: from this run, or else from an earlier one. */
  at(place: number): KnownFile | undefined {
    return this.learnt.get(this.files[place]?.path ?? '') ?? this.kept[place];
  }

  /** The files that have no result yet, in the zip's order. */
  unknown(): readonly FoundFile[] {
    return this.notKept.filter(({ path }) => !this.learnt.has(path));
  }

  /** Begins a phase in which this many files, with this many bytes, are read. The others count as done. */
  begin(phase: PackProgress['phase'], files: number, bytes: number): void {
    this.phase = phase;
    this.doneFiles = this.files.length - files;
    this.doneBytes = this.totalBytes - bytes;
  }

  learn(file: FoundFile, { stat, sha256, crc32, secrets, loads }: Hashed): void {
    const racy = isRacy(stat, this.context.startedAt);
    const { size, executable } = stat;
    const entry = { path: file.path, size, executable, sha256, crc32 };
    this.learnt.set(file.path, { stat, entry, secrets, loads, racy });
    this.doneFiles++;
    this.doneBytes += file.stat.size;
    this.context.report({
      phase: this.phase,
      files: this.doneFiles,
      bytes: this.doneBytes,
      totalFiles: this.files.length,
      totalBytes: this.totalBytes,
    });
  }

  async hash(files: readonly FoundFile[]): Promise<void> {
    const { runnerFor, found, cancel } = this.context;
    const bytes = bytesOf(files);
    this.begin('hashing', files.length, bytes);
    const runner = runnerFor(bytes, 0);
    await inOrder(batchesOf(files), runner.ahead, async (batch) => {
      throwIfRaised(cancel);
      const sources = await Promise.all(batch.map((file) => found.contents.source(file)));
      const hashed = await runner.run({ kind: 'hash-files', sources });
      return () => {
        for (const [file, result] of pairsOf(batch, hashed)) this.learn(file, result);
      };
    });
  }

  /** The manifest of all files; every file must have a result before the call. */
  manifest(): Manifest {
    this.made = (this.isAsBefore() ? manifests.get(this.before) : undefined) ?? this.makeManifest();
    return this.made;
  }

  private makeManifest(): Manifest {
    return manifestOf(
      this.files.map(({ path }, place) => {
        const file = this.at(place);
        if (file === undefined) throw new Error(`${path} was not read`);
        return file.entry;
      }),
    );
  }

  private isAsBefore(): boolean {
    const nothingNew = this.notKept.length === 0 && this.learnt.size === 0;
    return nothingNew && this.files.length === this.before.files.length;
  }

  /** Stores the results and `zip`, unless all of them are the same as before. */
  remember(zip: KnownZip | undefined): void {
    const same = this.isAsBefore() && zip === this.before.zip;
    const known: KnownFolder = same
      ? this.before
      : { files: this.files.flatMap((_, at) => this.at(at) ?? []), ...present({ zip }) };
    if (this.made !== undefined) manifests.set(known, this.made);
    if (!same) this.context.store.save(known);
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
    if (bytes >= BATCH || batch.length >= MOST_FILES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
