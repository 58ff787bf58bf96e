/** A time limit that can be extended often at almost no cost. */
import type { Clock } from '../model/clock';
import { Timer } from '../model/waiting';

interface Watch {
  readonly ms: number;
  readonly bite: () => void;
  /** Epoch milliseconds. */
  readonly since: number;
}

export class Watchdog {
  private watch: Watch | undefined;
  private readonly timer: Timer;
  /** The time at which the timer fires; epoch milliseconds. */
  private wakesAt = 0;

  constructor(private readonly clock: Clock) {
    this.timer = new Timer(clock, () => this.woke());
  }

  /**
   * Calls `bite` after `ms` milliseconds, unless this function is called again or the watchdog is paused or
   * stopped before. Called for each piece of an answer.
   */
  within(ms: number, bite: () => void): void {
    const since = this.clock.now();
    this.watch = { ms, bite, since };
    // A timer that fires too early is started again; one that would fire too late is replaced.
    if (this.timer.isRunning && this.wakesAt <= since + ms && this.wakesAt >= since) return;
    this.wait(ms);
  }

  /** Lifts the limit until the next call of {@link within}. Unlike {@link stop}, this costs almost nothing. */
  pause(): void {
    this.watch = undefined;
  }

  stop(): void {
    this.watch = undefined;
    this.timer.stop();
  }

  private wait(ms: number): void {
    this.wakesAt = this.clock.now() + ms;
    this.timer.restart(ms);
  }

  private woke(): void {
    const { watch } = this;
    if (!watch) return;
    const now = this.clock.now();
    // If the computer's clock was set back, `since` may be in the future.
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
