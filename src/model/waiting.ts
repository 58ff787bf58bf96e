/** Waits that a signal can end, and delayed calls. Times are measured by a clock that is passed in. */
import type { Clock } from './clock';

/**
 * The result of `work`; rejects with the signal's reason if the signal aborts first. The work itself then
 * continues.
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const leave = (): void => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/**
 * Sleeps for `ms`. An abort ends the sleep early and does not reject.
 * @returns false if an abort ended the sleep
 */
export async function sleepUntilAborted(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}

/** Calls `act` after a delay; at most one call is planned at a time. */
export class Timer {
  private waiting: AbortController | undefined;
  private isDisposed = false;

  /** @param act must not throw */
  constructor(
    private readonly clock: Clock,
    private readonly act: () => void,
  ) {}

  get isRunning(): boolean {
    return this.waiting !== undefined;
  }

  /** Calls `act` after `ms`, unless a call is already planned. */
  start(ms: number): void {
    if (this.waiting === undefined) this.restart(ms);
  }

  /** Calls `act` after `ms`, in place of a call that was planned earlier. */
  restart(ms: number): void {
    this.stop();
    if (this.isDisposed) return;
    const waiting = new AbortController();
    this.waiting = waiting;
    void sleepUntilAborted(this.clock, ms, waiting.signal).then(() => {
      if (this.waiting !== waiting) return;
      this.waiting = undefined;
      this.act();
    });
  }

  stop(): void {
    this.waiting?.abort();
    this.waiting = undefined;
  }

  /** Stops the timer for good: later starts have no effect. */
  dispose(): void {
    this.isDisposed = true;
    this.stop();
  }
}

/**
 * For each subject, acts only on the last of several requests in quick succession, such as one per keystroke.
 */
export class Debouncer {
  private readonly timers = new Map<string, Timer>();

  /** @param quietMs milliseconds without another request. */
  constructor(
    private readonly clock: Clock,
    private readonly quietMs: number,
  ) {}

  /**
   * Calls `act` after the quiet time, unless a later request about the same subject replaces this one.
   * @param act must not throw
   */
  ask(about: string, act: () => void): void {
    this.drop(about);
    const timer = new Timer(this.clock, () => {
      this.timers.delete(about);
      act();
    });
    this.timers.set(about, timer);
    timer.start(this.quietMs);
  }

  drop(about: string): void {
    this.timers.get(about)?.stop();
    this.timers.delete(about);
  }

  dispose(): void {
    for (const about of [...this.timers.keys()]) this.drop(about);
  }
}

/**
 * Milliseconds to wait after `tries` failed tries: exponential, with full jitter, as in the SDK's standard mode.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function backOff(baseMs: number, tries: number, mostMs = Number.POSITIVE_INFINITY): number {
  return Math.random() * Math.min(mostMs, baseMs * 2 ** tries);
}

const GRACE_MS = 10_000;

/**
 * A signal that aborts {@link GRACE_MS} after `signal` aborts, unless `end` is called before: the answer to a
 * request under way still has a little time to arrive, while an immediate abort would lose it.
 */
export function abortGracePeriod(
  signal: AbortSignal,
  clock: Clock,
): { readonly signal: AbortSignal; end(): void } {
  const late = new AbortController();
  const timer = new Timer(clock, () => late.abort());
  const aborted = (): void => timer.start(GRACE_MS);
  signal.addEventListener('abort', aborted, { once: true });
  return {
    signal: late.signal,
    end: () => {
      signal.removeEventListener('abort', aborted);
      timer.stop();
    },
  };
}
