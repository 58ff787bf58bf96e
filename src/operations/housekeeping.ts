/**
 * Work that only one window does, for all windows: the one that follows operations. Rounds of the work start
 * at intervals, and only one runs at a time.
 */
import type { SteadyClock } from '../model/clock';
import type { ReportOnce } from './report-once';

/** Milliseconds from the beginning of a round until the next is due. */
const EVERY_MS = 30_000;

export class Housekeeping {
  private beganAt = Number.NEGATIVE_INFINITY;
  private isRunning = false;

  /** @param work does one round; if it is absent, no round is ever due */
  constructor(
    private readonly work: ((signal: AbortSignal) => Promise<void>) | undefined,
    private readonly clock: SteadyClock,
    private readonly reportOnce: ReportOnce,
  ) {}

  isDue(): boolean {
    return this.work !== undefined && !this.isRunning && this.clock.now() - this.beganAt >= EVERY_MS;
  }

  /** Makes a round due as soon as this window follows operations again. */
  startOver(): void {
    this.beganAt = Number.NEGATIVE_INFINITY;
  }

  /** Does a round if one is due. Resolves when the round has ended; a failure is reported once. */
  async run(signal: AbortSignal): Promise<void> {
    const { work } = this;
    if (work === undefined || !this.isDue()) return;
    this.beganAt = this.clock.now();
    this.isRunning = true;
    await this.reportOnce.attempt('housekeeping', () => work(signal));
    this.isRunning = false;
  }
}
