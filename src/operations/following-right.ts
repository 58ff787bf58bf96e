/** Decides by the lease whether this window is the one that follows operations. */
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

  /**
   * True if this window holds the lease, or held it a moment ago: enough for a poll. Code that does more, such
   * as writing or notifying, calls {@link holds}.
   */
  async heldLately(): Promise<boolean> {
    return this.clock.now() - this.heldAt < LATELY_MS || (await this.holds());
  }

  /**
   * Asks the lease itself. Also false if an error of the disk prevents holding the lease; the error is reported
   * once.
   */
  async holds(): Promise<boolean> {
    const holds = (await this.reportOnce.attempt('lease', () => this.lease.hold())) ?? false;
    this.heldAt = holds ? this.clock.now() : Number.NEGATIVE_INFINITY;
    return holds;
  }

  /** Releases the lease, so that the next window can follow operations at once. */
  async release(): Promise<void> {
    this.heldAt = Number.NEGATIVE_INFINITY;
    await this.reportOnce.attempt('lease', () => this.lease.release());
  }
}
