/** Polls at intervals, and only while the view is visible. */
import type { Clock } from '../../model/clock';
import { sleepUntilAborted } from '../../model/waiting';

/** Milliseconds after which a poll that is switched off reads its setting again. */
const IDLE_MS = 60_000;

export class VisiblePoll {
  private lastAt: number;
  private waiting: AbortController | undefined;
  private polling: Promise<void> | undefined;

  /**
   * @param intervalMs returns the milliseconds between two polls; 0: never poll. Called before and after each
   * wait.
   * @param poll must not reject
   */
  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: () => number,
    private readonly poll: () => Promise<void>,
  ) {
    this.lastAt = clock.now();
  }

  /** Starts or stops polling. An overdue poll begins at once. */
  show(isVisible: boolean): void {
    if (isVisible === (this.waiting !== undefined)) return;
    this.waiting?.abort();
    this.waiting = undefined;
    if (!isVisible) return;
    this.waiting = new AbortController();
    void this.run(this.waiting.signal);
  }

  dispose(): void {
    this.show(false);
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (await this.waited(signal)) {
      if (this.intervalMs() === 0) continue;
      // A poll from before the view was hidden and shown again may still run.
      if (this.polling === undefined) this.polling = this.pollOnce();
      await this.polling;
    }
  }

  private async pollOnce(): Promise<void> {
    await this.poll();
    this.lastAt = this.clock.now();
    this.polling = undefined;
  }

  /** Waits for the rest of the interval. Resolves with false if the view is no longer visible. */
  private waited(signal: AbortSignal): Promise<boolean> {
    const interval = this.intervalMs();
    const left = this.lastAt + interval - this.clock.now();
    // If the computer's clock was set back, the remaining wait would be longer than a whole interval.
    const wait = interval === 0 ? IDLE_MS : Math.min(interval, Math.max(0, left));
    return sleepUntilAborted(this.clock, wait, signal);
  }
}
