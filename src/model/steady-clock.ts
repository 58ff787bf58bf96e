/** A clock for paces and waits: it never runs back, so that nothing waits until a corrected wall clock has caught up. */
import type { Clock } from './clock';

/**
 * Starts with the wall clock's time and goes on with it. Where that is set back, this one goes on from its last reading:
 * it loses no more than the time since then.
 */
export class SteadyClock implements Clock {
  private lastRead: number;
  /** By how much the wall clock was set back in all; milliseconds. */
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

  /** This clock's time at `wallTime` (epoch milliseconds), now at the latest. */
  at(wallTime: number): number {
    const now = this.now();
    return Math.min(now, wallTime + this.ahead);
  }

  /** What the wall clock, as it goes now, shows at `time` of this clock; epoch milliseconds. */
  wallTimeAt(time: number): number {
    return time - this.ahead;
  }
}
