/** Ends what takes too long. */
import type { Clock } from '../model/clock';

export class Watchdog {
  private round = new AbortController();

  constructor(private readonly clock: Clock) {}

  /** Calls `bite` in `ms`, unless this is called again or stopped before. */
  within(ms: number, bite: () => void): void {
    this.stop();
    const round = new AbortController();
    this.round = round;
    this.clock.sleep(ms, round.signal).then(
      () => {
        if (!round.signal.aborted) bite();
      },
      // It was in time.
      () => undefined,
    );
  }

  stop(): void {
    this.round.abort();
  }
}
