/** Events of the sandbox's AWS, each of which happens after a given simulated time. */
import type { SandboxClock } from './sandbox-service';

interface Due {
  /** Simulated milliseconds since start. */
  readonly at: number;
  readonly run: () => void;
}

/**
 * Uses no timers: due events run only in {@link settle}. Events therefore have the same effect whether
 * the clock is advanced by hand or scaled. Code calls `settle` before it reads a state that events may
 * have changed.
 */
export class Timeline {
  /** Sorted by time; events for the same time in the order in which they were added. */
  private readonly waiting: Due[] = [];
  private running: number | undefined;

  constructor(private readonly clock: Pick<SandboxClock, 'elapsed'>) {}

  /** @param simulatedMs counted from the call or, within a running event, from the time when that event was due. */
  after(simulatedMs: number, run: () => void): void {
    const at = (this.running ?? this.clock.elapsed()) + simulatedMs;
    this.waiting.splice(this.placeOf(at), 0, { at, run });
  }

  /** The time of the next event, in simulated milliseconds since start. Undefined if no event is waiting. */
  nextAt(): number | undefined {
    return this.waiting[0]?.at;
  }

  /** Runs the due events in order of time, including any due events that a running event adds. */
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

  /** Moves all waiting events to another timeline. The time until each event stays the same. */
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
