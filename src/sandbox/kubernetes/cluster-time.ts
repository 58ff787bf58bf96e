/**
 * The time of one Kubernetes cluster. It begins in a simulated past, in which the cluster's seed is made,
 * and continues as the sandbox's time.
 */
import { Timeline } from '../timeline';

export class ClusterTime {
  /**
   * While {@link past} runs, the simulated milliseconds by which the cluster's time is behind the sandbox's
   * time; otherwise 0.
   */
  private left = 0;
  private current: Timeline;

  /**
   * @param timeline the sandbox's own.
   * @param wallClock epoch milliseconds; not the sandbox's `now`, which never returns the same value twice and would
   * therefore run ahead when thousands of objects are made at once
   */
  constructor(
    private readonly timeline: Timeline,
    private readonly wallClock: () => number = Date.now,
  ) {
    this.current = timeline;
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.wallClock() - this.left;
  }

  /** @param simulatedMs as for {@link Timeline.after}. */
  after(simulatedMs: number, run: () => void): void {
    this.current.after(simulatedMs, run);
  }

  /**
   * Runs `make` as if it happened `pastMs` simulated milliseconds ago, together with all events that follow from it
   * until now. Later events wait on the sandbox's timeline.
   */
  past(pastMs: number, make: () => void): void {
    const past = new Timeline({ elapsed: () => pastMs - this.left });
    this.left = pastMs;
    this.current = past;
    make();
    for (let next = past.nextAt(); next !== undefined && next <= pastMs; next = past.nextAt()) {
      this.left = pastMs - next;
      past.settle();
    }
    this.left = 0;
    this.current = this.timeline;
    past.moveTo(this.timeline);
  }
}
