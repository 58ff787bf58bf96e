/**
 * The thread that packs: carries out one order after the other, and keeps results that make later
 * orders faster.
 */
import { availableParallelism } from 'node:os';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { getOrMake, LeastRecentlyUsed } from '../../model/cache';
import { failureOf } from '../../model/failure';
import type { FolderStore } from '../cache/folder-store';
import type { KnownFolder } from '../cache/known-folder';
import { openFolderStore } from '../cache/pack-cache';
import type { PackProgress } from '../packer';
import { FolderRules } from '../rules/folder-rules';
import { StatPrefetch } from '../walk/stat-prefetch';
import { Deflater } from '../zip/deflater';
import { type CancelFlag, pause } from './cancel';
import { findOnDisk, findThrough } from './find';
import type { Done, RunContext } from './folder-run';
import { HelperPool } from './helper-pool';
import type { Job, JobRunner, ResultOf } from './job';
import type { RunOrder } from './protocol';
import { ReadMemory } from './read-source';
import { runJob } from './run-job';
import { RunPort } from './run-port';
import { Answers, packed, type RunResult, scanned } from './run-results';
import { TreePort } from './tree-port';

/**
 * Starting helpers is worthwhile if a run reads at least `WORTH_READING` or copies at least
 * `WORTH_COPYING` bytes.
 */
const WORTH_READING = 2_000_000;
const WORTH_COPYING = 32_000_000;
/**
 * If at least this many files are known from an earlier run, a helper reads stats ahead of the walk. A walk
 * over fewer files ends within about 15 ms, before the helper can supply any stats.
 */
const WORTH_LOOKING = 4_000;
const MOST_HELPERS = 3;
/** Milliseconds without work after which helpers are ended, since they use memory. */
const HELPERS_STAY = 20_000;
/**
 * The most attempts in one run. After an attempt during which files of the folder changed, another one
 * follows.
 */
const ATTEMPTS = 3;
const KEPT_FOLDERS = 4;
/**
 * After a run that scans and packs, the cache's index is written this many milliseconds after the answer,
 * since the caller sends the zip at once.
 */
const LATER = 400;

export class Coordinator {
  private readonly memory = new ReadMemory();
  private readonly deflater = new Deflater();
  private readonly stores = new LeastRecentlyUsed<FolderStore>(KEPT_FOLDERS);
  private readonly rules = new LeastRecentlyUsed<FolderRules>(KEPT_FOLDERS);
  private readonly answers = new Answers();
  private pool: HelperPool | undefined;
  private endOfPool: NodeJS.Timeout | undefined;

  /**
   * @param workerFile the program of this thread and of its helpers
   * @param owner the name of the packer in the cache
   */
  constructor(
    private readonly workerFile: string,
    private readonly owner: string,
  ) {}

  /** Carries out an order and answers through the order's port; never rejects. */
  async runOrder(order: RunOrder): Promise<void> {
    const port = new RunPort(order.port);
    clearTimeout(this.endOfPool);
    try {
      const { answer, remember } = await this.attempt(order, port, 1);
      port.answer(this.answers.to(order, answer));
      await rememberAfter(order, remember);
    } catch (error) {
      port.fail(failureOf(error));
    } finally {
      port.over();
      this.endOfPool = setTimeout(() => this.endPool(), HELPERS_STAY);
    }
  }

  private async attempt(order: RunOrder, port: RunPort, number: number): Promise<Done<RunResult>> {
    try {
      return await this.run(order, port);
    } catch (error) {
      const failure = failureOf(error);
      const again = failure.kind === 'refused' && failure.code === 'file-changing' && number < ATTEMPTS;
      if (!again) throw error;
      pause(order.cancel, 200 * number);
      return this.attempt(order, port, number + 1);
    }
  }

  private async run(order: RunOrder, port: RunPort): Promise<Done<RunResult>> {
    const { request, cancel, virtual } = order;
    const { root, cacheFolder, include, ignore, useGitignore, below } = request;
    const startedAt = Date.now();
    const store = getOrMake(this.stores, JSON.stringify([cacheFolder, root]), () =>
      openFolderStore(cacheFolder, root, this.owner),
    );
    // The cache may have been removed since the last run.
    store.open();
    const rules = getOrMake(this.rules, JSON.stringify([root, include, ignore, useGitignore, below]), () =>
      FolderRules.of(request),
    );
    const report = (progress: PackProgress): void => port.report(progress);
    const known = store.load();
    const walked = (progress: PackProgress): void => {
      // If nothing is known, every file will have to be read. The helpers are then started during the walk, since
      // they take as long to start as the rest of the walk takes.
      if (known.files.length === 0 && !virtual && progress.bytes >= WORTH_READING) this.helpers();
      report(progress);
    };
    const watch = { cancel, report: walked };
    const found = virtual
      ? await findThrough(new TreePort(port), rules, watch)
      : findOnDisk(request, rules, watch, this.lookAhead(root, known, cancel));
    const runnerFor = virtual
      ? () => this.alone(cancel)
      : (read: number, copied: number) => this.runnerFor(read, copied, cancel);
    const context: RunContext = { found, store, runnerFor, cancel, report, startedAt };
    return order.kind === 'scan' ? scanned(context) : packed(context, order);
  }

  /**
   * Lets a helper read the stats of a large folder's files from the last file backwards, while the walk reads
   * them from the first file forwards. Undefined if the folder is small or the machine has only one core.
   */
  private lookAhead(root: string, { files }: KnownFolder, cancel: CancelFlag): StatPrefetch | undefined {
    const helpers = files.length < WORTH_LOOKING ? undefined : this.helpers();
    if (helpers === undefined) return undefined;
    const prefetch = new StatPrefetch(files.map(({ entry }) => entry.path));
    const order = { kind: 'prefetch-stats', root, table: prefetch.table } as const;
    // If the helper fails, the walk reads the missing stats itself, and refuses if it cannot.
    helpers
      .runner(cancel)
      .run(order)
      .catch(() => undefined);
    return prefetch;
  }

  private runnerFor(read: number, copied: number, cancel: CancelFlag): JobRunner {
    if (read < WORTH_READING && copied < WORTH_COPYING) return this.alone(cancel);
    return this.helpers()?.runner(cancel) ?? this.alone(cancel);
  }

  /**
   * A runner that carries out jobs on this thread. While a job runs, the content for the next job may already
   * have been requested.
   */
  private alone(cancel: CancelFlag): JobRunner {
    return { ahead: 1, run: async (job) => this.runHere(job, cancel) };
  }

  private runHere<J extends Job>(job: J, cancel: CancelFlag): ResultOf<J> {
    return runJob(job, { memory: this.memory, deflater: this.deflater, cancel });
  }

  /**
   * The pool: one helper for each core except this thread's, but at most {@link MOST_HELPERS}. Undefined
   * if there is only one core.
   */
  private helpers(): HelperPool | undefined {
    if (this.pool?.broken) this.endPool();
    const count = Math.min(MOST_HELPERS, availableParallelism() - 1);
    if (count > 0) {
      this.pool ??= new HelperPool(this.workerFile, count, (job, cancel) => this.runHere(job, cancel));
    }
    return this.pool;
  }

  private endPool(): void {
    void this.pool?.end();
    this.pool = undefined;
  }
}

/** Never rejects: the answer has already been given, so nothing waits for a failure. */
async function rememberAfter({ kind }: RunOrder, remember: () => void): Promise<void> {
  if (kind === 'scan-and-pack') await pauseFor(LATER);
  try {
    remember();
  } catch {
    // If the cache was not written, the next run only takes longer.
  }
}
