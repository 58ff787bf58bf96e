/** What will happen in the sandbox's AWS once enough simulated time has passed. */
import type { SandboxClock } from './sandbox-service';

interface Due {
  /** Simulated milliseconds since start. */
  readonly at: number;
  readonly run: () => void;
}

/**
 * Holds no timers: time passes when somebody looks, so a clock driven by hand and a scaled one behave alike.
 * Everything that reads the world calls {@link settle} first.
 */
export class Timeline {
  private waiting: Due[] = [];

  constructor(private readonly clock: SandboxClock) {}

  /** @param simulatedMs counted from the moment of the call, or from when the running event was due. */
  after(simulatedMs: number, run: () => void): void {
    this.waiting.push({ at: (this.running ?? this.clock.elapsed()) + simulatedMs, run });
  }

  /** Runs what is due, in order of time, including what that itself makes due. */
  settle(): void {
    for (let next = this.takeNext(); next; next = this.takeNext()) {
      this.running = next.at;
      next.run();
      this.running = undefined;
    }
  }

  private running: number | undefined;

  private takeNext(): Due | undefined {
    const now = this.clock.elapsed();
    const next = this.waiting
      .filter(({ at }) => at <= now)
      .reduce<Due | undefined>((first, due) => (first && first.at <= due.at ? first : due), undefined);
    if (next) this.waiting = this.waiting.filter((due) => due !== next);
    return next;
  }
}

export const MINUTE = 60_000;
