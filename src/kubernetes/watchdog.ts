/** Ends what takes too long. */
import type { Clock } from '../model/clock';

interface Watch {
  readonly ms: number;
  readonly bite: () => void;
  /** Epoch milliseconds. */
  readonly since: number;
}

export class Watchdog {
  private watch: Watch | undefined;
  private waiting: AbortController | undefined;
  /** When whoever waits wakes up; epoch milliseconds. */
  private wakesAt = 0;

  constructor(private readonly clock: Clock) {}

  /** Calls `bite` in `ms`, unless this is called again or stopped before. Costs next to nothing: it is called for each piece. */
  within(ms: number, bite: () => void): void {
    const since = this.clock.now();
    this.watch = { ms, bite, since };
    // Who wakes up too early sleeps on; too late is too late.
    if (this.waiting && this.wakesAt <= since + ms && this.wakesAt >= since) return;
    this.waiting?.abort();
    this.wait(ms);
  }

  stop(): void {
    this.watch = undefined;
    this.waiting?.abort();
    this.waiting = undefined;
  }

  private wait(ms: number): void {
    const waiting = new AbortController();
    this.waiting = waiting;
    this.wakesAt = this.clock.now() + ms;
    this.clock.sleep(ms, waiting.signal).then(
      () => this.woke(waiting),
      // It was in time.
      () => undefined,
    );
  }

  private woke(waiting: AbortController): void {
    const { watch } = this;
    if (waiting.signal.aborted || !watch) return;
    const now = this.clock.now();
    // After the computer's clock was set back, more is left than there can be.
    const since = Math.min(watch.since, now);
    const left = since + watch.ms - now;
    if (left > 0) {
      this.watch = { ...watch, since };
      this.wait(left);
      return;
    }
    this.stop();
    watch.bite();
  }
}
