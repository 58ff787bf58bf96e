/** What a watch has told by now, and what keeps it from knowing more. */
import { type Failure, failureOf } from '../model/failure';
import type { WatchedNodes } from './ports';

export interface WatchState {
  /** As it was seen last; absent until the first lists are whole, or denied. */
  readonly watched?: WatchedNodes;
  /** Why nothing more is seen at the moment. */
  readonly problem?: Failure;
  /** When that began; epoch milliseconds. */
  readonly problemAt?: number;
}

/** What is told once more from before an interruption does not end it. */
export function changedState({ problem, problemAt = 0 }: WatchState, watched: WatchedNodes): WatchState {
  const isNews = watched.asOf >= problemAt;
  return isNews || problem === undefined || isDenied(watched, problem)
    ? { watched }
    : { watched, problem, problemAt };
}

export function interruptedState(before: WatchState, thrown: unknown, now: number): WatchState {
  const problem = failureOf(thrown);
  return problem.kind === 'cancelled' ? before : { ...before, problem, problemAt: now };
}

/** Whether the problem is told of as that of one resource alone. */
function isDenied({ denied = {} }: WatchedNodes, problem: Failure): boolean {
  return Object.values(denied).some((failure) => JSON.stringify(failure) === JSON.stringify(problem));
}
