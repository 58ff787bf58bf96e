/**
 * Shares one run among callers that want the same run at the same time, such as two targets that name the
 * same task and are deployed by one save.
 */
import { SharedWork } from '../../../model/shared-work';
import { untilAborted } from '../../../model/waiting';

interface Run {
  readonly work: SharedWork<void>;
  /** False when callers can no longer join. */
  isOpen: boolean;
  /** Resolves when the run has settled. */
  settled: Promise<void>;
}

export class SharedRuns {
  private readonly runs = new Map<string, Run>();

  /**
   * Begins the run of the key, or joins the one that is already running.
   * @param begin starts the run; its signal aborts when no caller waits any more. The next run begins only
   * after this run has settled.
   * @throws the error of the run; cancelled
   */
  async join(key: string, signal: AbortSignal, begin: (signal: AbortSignal) => Promise<void>): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const run = this.runs.get(key) ?? this.newRun(key, begin);
      if (run.isOpen) return await run.work.join(signal);
      await untilAborted(run.settled, signal);
    }
  }

  /** Runs under way continue for their callers; later callers get new runs. */
  closeAll(): void {
    for (const run of this.runs.values()) run.isOpen = false;
  }

  private newRun(key: string, begin: (signal: AbortSignal) => Promise<void>): Run {
    const run: Run = {
      isOpen: true,
      settled: Promise.resolve(),
      work: new SharedWork((signal) => {
        signal.addEventListener('abort', () => {
          run.isOpen = false;
        });
        const done = begin(signal).finally(() => this.runs.delete(key));
        run.settled = done.catch(() => undefined);
        return done;
      }),
    };
    this.runs.set(key, run);
    return run;
  }
}
