/** Time as a parameter, so that waits can be tested without waiting. */

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason (an `AbortError`) if the signal is aborted first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal.addEventListener('abort', stop, { once: true });
    }),
};

/**
 * A clock that never goes back, so that no wait becomes longer because the wall clock was set back. This
 * clock follows the wall clock; when the wall clock is set back, this clock continues from its own last
 * reading.
 */
export class SteadyClock implements Clock {
  private lastRead: number;
  /** The sum, in milliseconds, of all steps by which the wall clock was set back. */
  private ahead = 0;

  constructor(private readonly wall: Clock) {
    this.lastRead = wall.now();
  }

  now(): number {
    const now = this.wall.now();
    this.ahead += Math.max(0, this.lastRead - now);
    this.lastRead = now;
    return now + this.ahead;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return this.wall.sleep(ms, signal);
  }

  /**
   * The time of this clock for `wallTime`, a time of the wall clock (epoch milliseconds); never later than
   * now. Assumes that the wall clock has not been set back since `wallTime`.
   */
  at(wallTime: number): number {
    const now = this.now();
    return Math.min(now, wallTime + this.ahead);
  }

  /**
   * The time of the wall clock (epoch milliseconds) when this clock shows `time`. Assumes that the wall clock
   * is not set back between now and then.
   */
  wallTimeAt(time: number): number {
    return time - this.ahead;
  }
}
