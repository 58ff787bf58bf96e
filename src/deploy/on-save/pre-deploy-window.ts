/**
 * What the task of a target has to do with changes of its folder, by time: a task that writes files must not begin one
 * deployment after the other, and what somebody else writes while it runs must not be lost.
 */
import type { Clock } from '../../model/clock';

/** A change that is told later than this (ms) is none from before: a network drive may have a clock that is behind. */
const LONGEST_DELAY = 10_000;
/** By so much (ms) the time of a file may be behind the clock of the machine that writes it. */
const TICK = 20;

export class PreDeployWindow {
  /** The task that runs, or ran last. Epoch milliseconds; it runs as long as it has no end. */
  private task: { readonly from: number; to?: number } | undefined;
  /** What was changed while it ran, and while the one before ran: what a task writes it writes each time. */
  private during = new Set<string>();
  private beforeTask = new Set<string>();
  /** A change during the task was a reason for one more run. */
  private wasSurprised = false;
  /** The run is that one more, so that there is no third one. */
  private isOneMore = false;

  constructor(readonly clock: Clock) {}

  /** Carries out the task that precedes a run's scan of the folder. */
  async before<T>(work: () => Promise<T>): Promise<T> {
    const task: { readonly from: number; to?: number } = { from: this.clock.now() };
    this.task = task;
    [this.beforeTask, this.during] = [this.during, new Set()];
    [this.isOneMore, this.wasSurprised] = [this.wasSurprised, false];
    try {
      return await work();
    } finally {
      task.to = this.clock.now();
    }
  }

  /**
   * Whether a change, told by now, is no reason for another run: made before the task, so that task and scan have found
   * it, or while it ran and by itself, as far as can be told.
   * @param changedAt Epoch milliseconds.
   */
  find(path: string, changedAt: number): boolean {
    const task = this.task;
    if (task === undefined || this.isAfter(task, changedAt)) return false;
    if (changedAt < task.from - TICK) return true;
    this.during.add(path);
    if (this.isOneMore || this.beforeTask.has(path)) return true;
    this.wasSurprised = true;
    return false;
  }

  private isAfter({ to }: { readonly to?: number }, changedAt: number): boolean {
    if (to === undefined) return false;
    const since = this.clock.now() - to;
    // A clock that was set back since then compares with nothing.
    return Math.floor(changedAt) > to || since < 0 || since >= LONGEST_DELAY;
  }
}
