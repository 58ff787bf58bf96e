/** Whether this window is the one that follows, by the lease. */
import type { SteadyClock } from '../model/clock';
import type { Lease } from './lease';
import type { ReportOnce } from './report-once';

/** Milliseconds for which polls trust that the lease is still held: two windows that poll at once do no harm. */
const LATELY_MS = 5_000;

export class FollowingRight {
  private heldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly lease: Lease,
    private readonly clock: SteadyClock,
    private readonly reportOnce: ReportOnce,
  ) {}

  /** Enough for a poll. Code that does more, such as writing or notifying, asks {@link holds}. */
  async heldLately(): Promise<boolean> {
    return this.clock.now() - this.heldAt < LATELY_MS || (await this.holds());
  }

  /** Asks the lease itself. False also where the disk does not let it be kept, which is reported once. */
  async holds(): Promise<boolean> {
    const holds = (await this.reportOnce.attempt('lease', () => this.lease.hold())) ?? false;
    this.heldAt = holds ? this.clock.now() : Number.NEGATIVE_INFINITY;
    return holds;
  }

  /** Lets the next window follow at once. */
  async release(): Promise<void> {
    this.heldAt = Number.NEGATIVE_INFINITY;
    await this.reportOnce.attempt('lease', () => this.lease.release());
  }
}
