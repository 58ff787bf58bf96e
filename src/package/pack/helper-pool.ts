/** Distributes jobs to helper threads and the calling thread. */
import { Worker } from 'node:worker_threads';
import { type Failure, failed } from '../../model/failure';
import { codeOf } from '../refusal';
import type { CancelFlag } from './cancel';
import type { Job, JobRunner, ResultOf } from './job';

/** Sent by the coordinator to a helper. */
export interface HelperOrder {
  readonly id: number;
  readonly job: Job;
  readonly cancel: CancelFlag;
}

/** Sent by a helper to the coordinator. */
export type HelperAnswer =
  | { readonly id: number; readonly result: ResultOf<Job> }
  | { readonly id: number; readonly failure: Failure };

interface Waiting {
  readonly resolve: (result: ResultOf<Job>) => void;
  readonly reject: (error: Error) => void;
}

/** Carries out a job on the calling thread. Throws as {@link import('./run-job').runJob} does. */
export type OwnHand = <J extends Job>(job: J, cancel: CancelFlag) => ResultOf<J>;

/**
 * Per helper, the number of earlier jobs that may be unfinished when a further one starts: few enough to
 * limit memory, at about 1 MiB of packed bytes for each job.
 */
const AHEAD = 4;
/**
 * Number of jobs that keep a helper busy while the calling thread works on a job of its own. Further jobs go
 * to the first free thread.
 */
const ENOUGH = 2;
/** MiB. A helper's JavaScript heap stays small, since the bytes that it reads and packs are outside of the heap. */
const HEAP = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 };

export class HelperPool {
  private readonly helpers: readonly Helper[];
  private ownBusy = false;
  /**
   * Jobs that no thread has taken. Each function starts its job, on the given helper or else on the calling
   * thread, and its promise resolves once the job has ended, even if the job failed.
   */
  private readonly waiting: ((helper: Helper | undefined) => Promise<void>)[] = [];

  /**
   * @param workerFile the program of both the coordinator and the helpers
   * @param count the number of helpers; fewer run if the system refuses to start more, and if none runs, the
   * calling thread does all the work
   */
  constructor(
    workerFile: string,
    count: number,
    private readonly own: OwnHand,
  ) {
    this.helpers = startHelpers(workerFile, count);
  }

  /** True once a helper has ended; the pool can then no longer be used. */
  get broken(): boolean {
    return this.helpers.some(({ ended }) => ended);
  }

  runner(cancel: CancelFlag): JobRunner {
    return {
      ahead: AHEAD * this.helpers.length,
      run: (job) =>
        new Promise((resolve, reject) => {
          this.waiting.push((helper) =>
            (helper?.run(job, cancel) ?? this.runHere(job, cancel)).then(resolve, reject),
          );
          this.giveOut();
        }),
    };
  }

  private giveOut(): void {
    while (this.waiting.length > 0) {
      const least = this.leastBusy();
      const free = least !== undefined && least.busy < ENOUGH ? least : undefined;
      if (free === undefined && this.ownBusy) return;
      void this.waiting
        .shift()?.(free)
        .then(() => this.giveOut());
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.helpers.map((helper) => helper.end()));
  }

  private leastBusy(): Helper | undefined {
    const [first, ...others] = this.helpers;
    return first && others.reduce((a, b) => (b.busy < a.busy ? b : a), first);
  }

  /**
   * Starts the job only after the answers that have arrived from helpers are handled, so that helpers get
   * their next jobs first.
   */
  private runHere<J extends Job>(job: J, cancel: CancelFlag): Promise<ResultOf<J>> {
    this.ownBusy = true;
    return new Promise<ResultOf<J>>((resolve, reject) => {
      setImmediate(() => {
        try {
          resolve(this.own(job, cancel));
        } catch (error) {
          reject(error);
        } finally {
          this.ownBusy = false;
        }
      });
    });
  }
}

function startHelpers(workerFile: string, count: number): readonly Helper[] {
  const helpers: Helper[] = [];
  try {
    while (helpers.length < count) helpers.push(new Helper(workerFile));
  } catch (error) {
    // The system refuses more threads: the helpers that have started are enough. An error in the worker's file cannot
    // be the cause, since the coordinator runs the same file and has started.
    codeOf(error);
  }
  return helpers;
}

class Helper {
  private lost: string | undefined;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(workerFile: string) {
    this.worker = new Worker(workerFile, { workerData: { role: 'helper' }, resourceLimits: HEAP });
    this.worker.on('message', (answer: HelperAnswer) => this.answered(answer));
    this.worker.on('error', (error) => this.fail(error.message));
    this.worker.on('exit', (code) => this.fail(`a packing thread ended with code ${code}`));
  }

  get ended(): boolean {
    return this.lost !== undefined;
  }

  get busy(): number {
    return this.waiting.size;
  }

  run<J extends Job>(job: J, cancel: CancelFlag): Promise<ResultOf<J>> {
    // A helper that has ended will never answer.
    if (this.lost !== undefined) return Promise.reject(failed({ kind: 'unexpected', message: this.lost }));
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      this.waiting.set(this.lastId, { resolve: resolve as Waiting['resolve'], reject });
      const order: HelperOrder = { id: this.lastId, job, cancel };
      this.worker.postMessage(order);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private answered(answer: HelperAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('failure' in answer) waiting?.reject(failed(answer.failure));
    else waiting?.resolve(answer.result);
  }

  private fail(message: string): void {
    this.lost ??= message;
    for (const { reject } of this.waiting.values()) reject(failed({ kind: 'unexpected', message }));
    this.waiting.clear();
  }
}
