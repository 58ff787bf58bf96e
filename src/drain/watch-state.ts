/** The last state that a watch has told, and the failure that keeps it from telling more. */
import { type Failure, failureOf } from '../model/failure';
import type { WatchedNodes } from './ports';

export interface WatchState {
  /** Absent until the first lists are whole, or denied. */
  readonly watched?: WatchedNodes;
  /** Why nothing more can be read at the moment. */
  readonly problem?: Failure;
  /** When that began; epoch milliseconds. */
  readonly problemAt?: number;
}

/** A state from before an interruption, told once more, does not end the interruption. */
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

/** True if the state names the problem as one resource's denial already. */
function isDenied({ denied = {} }: WatchedNodes, problem: Failure): boolean {
  return Object.values(denied).some((failure) => JSON.stringify(failure) === JSON.stringify(problem));
}
