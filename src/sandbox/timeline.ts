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
  /** In order of time; what is due at the same time, in the order in which it was asked for. */
  private readonly waiting: Due[] = [];
  private running: number | undefined;

  constructor(private readonly clock: Pick<SandboxClock, 'elapsed'>) {}

  /** @param simulatedMs counted from the moment of the call, or from when the running event was due. */
  after(simulatedMs: number, run: () => void): void {
    const at = (this.running ?? this.clock.elapsed()) + simulatedMs;
    this.waiting.splice(this.placeOf(at), 0, { at, run });
  }

  /** When the next event is due, in simulated milliseconds since start. */
  nextAt(): number | undefined {
    return this.waiting[0]?.at;
  }

  /** Runs what is due, in order of time, including what that itself makes due. */
  settle(): void {
    for (let next = this.takeNext(); next; next = this.takeNext()) {
      this.running = next.at;
      try {
        next.run();
      } finally {
        this.running = undefined;
      }
    }
  }

  /** Hands all that waits to another timeline, where each event is as far away as it was here. */
  moveTo(other: Timeline): void {
    const now = this.clock.elapsed();
    for (const { at, run } of this.waiting.splice(0)) other.after(at - now, run);
  }

  private takeNext(): Due | undefined {
    const due = (this.nextAt() ?? Number.POSITIVE_INFINITY) <= this.clock.elapsed();
    return due ? this.waiting.shift() : undefined;
  }

  private placeOf(at: number): number {
    let [low, high] = [0, this.waiting.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.waiting[middle]?.at ?? at) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export const MINUTE = 60_000;
