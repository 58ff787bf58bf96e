/** What the runs of a target have found of its folder, by time: a change that a run has found is no reason for another. */
import type { Clock } from '../../model/clock';

/** A change that is told later than this (ms) is none from before: a network drive may have a clock that is behind. */
const LONGEST_DELAY = 10_000;

export class Scans {
  #isAhead = false;
  /** Epoch milliseconds. */
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(readonly clock: Clock) {}

  /**
   * Carries out what a run does before it scans the folder. Whoever changes files meanwhile, as the work itself may,
   * changes what this run finds; that holds for work that fails, too, or a save would fail without end.
   */
  async before<T>(work: () => Promise<T>): Promise<T> {
    this.#isAhead = true;
    try {
      return await work();
    } finally {
      this.#isAhead = false;
      this.#lastAt = this.clock.now();
    }
  }

  /** Whether a change (epoch milliseconds), told by now, is part of what the last run has found or is about to find. */
  find(changedAt: number): boolean {
    if (this.#isAhead) return true;
    return Math.floor(changedAt) <= this.#lastAt && this.clock.now() - this.#lastAt < LONGEST_DELAY;
  }
}
