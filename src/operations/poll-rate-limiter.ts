/** Spaces the requests of polls evenly; all operations of a service share one limiter. */
import type { SteadyClock } from '../model/clock';

export class PollRateLimiter {
  readonly spacingMs: number;
  private nextFreeAt = 0;

  /** `rate`: requests per second. */
  constructor(
    rate: number,
    private readonly clock: SteadyClock,
  ) {
    this.spacingMs = 1000 / rate;
  }

  /** The time on the clock at which the next request may be sent. */
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
