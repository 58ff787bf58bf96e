/** Decides by the lease whether this window is the one that follows operations. */
import type { SteadyClock } from '../model/clock';
import type { Lease } from './lease';
import type { ReportOnce } from './report-once';

/**
 * Milliseconds for which polls assume that the lease is still held. If the assumption is wrong, two windows
 * poll at the same time, which does no harm.
 */
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
   * Takes or renews the lease; true if this window then holds it. If an error of the disk prevents this, returns
   * false, and the error is reported once.
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
