/** One run for all who want the same at the same time, as two targets that name one task do at one save. */

export class SharedRuns {
  private readonly runs = new Map<string, SharedRun>();

  /**
   * Begins what the key stands for, or waits for the run of it that goes on.
   * @param begin is aborted when nobody waits any more; a next run begins only after it has settled.
   * @throws what the run throws; cancelled.
   */
  async join(key: string, signal: AbortSignal, begin: (signal: AbortSignal) => Promise<void>): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const going = this.runs.get(key);
      if (going === undefined) return await this.begun(key, begin).wait(signal);
      if (going.isOpen) return await going.wait(signal);
      await orAborted(going.over, signal);
    }
  }

  /** What runs now does for those who wait for it, and whoever comes later gets another one. */
  closeAll(): void {
    for (const run of this.runs.values()) run.isOpen = false;
  }

  private begun(key: string, begin: (signal: AbortSignal) => Promise<void>): SharedRun {
    const run = new SharedRun((signal) => begin(signal).finally(() => this.runs.delete(key)));
    this.runs.set(key, run);
    return run;
  }
}

class SharedRun {
  isOpen = true;
  /** Never rejects. */
  readonly over: Promise<void>;
  private readonly done: Promise<void>;
  private readonly abort = new AbortController();
  private waiting = 0;

  constructor(begin: (signal: AbortSignal) => Promise<void>) {
    this.done = begin(this.abort.signal);
    this.over = this.done.catch(() => undefined);
  }

  async wait(signal: AbortSignal): Promise<void> {
    this.waiting += 1;
    try {
      await orAborted(this.done, signal);
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) {
        this.isOpen = false;
        this.abort.abort();
      }
    }
  }
}

/** @throws what the work throws; cancelled. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
