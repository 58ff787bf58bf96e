/** Spaces the requests of polls evenly; all operations of a service share one. */
import type { SteadyClock } from '../model/clock';

export class PollRateLimiter {
  readonly spacingMs: number;
  private nextFreeAt = 0;

  /** `rate`: requests a second. */
  constructor(
    rate: number,
    private readonly clock: SteadyClock,
  ) {
    this.spacingMs = 1000 / rate;
  }

  /** When the next request may go out, by the clock. */
  get freeAt(): number {
    return this.nextFreeAt;
  }

  /** Takes the next turn; returns its time. */
  take(): number {
    const at = Math.max(this.clock.now(), this.nextFreeAt);
    this.nextFreeAt = at + this.spacingMs;
    return at;
  }

  /** Takes the next turn and waits for it. */
  async turn(signal: AbortSignal): Promise<void> {
    const wait = this.take() - this.clock.now();
    if (wait > 0) await this.clock.sleep(wait, signal);
  }
}
