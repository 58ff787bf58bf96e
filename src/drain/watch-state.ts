/** The last state that a watch has reported, and the failure that keeps it from reporting more. */
import { type Failure, failureOf } from '../model/failure';
import type { WatchedNodes } from './ports';

export interface WatchState {
  /** Absent until each resource has been read completely or is denied. */
  readonly watched?: WatchedNodes;
  /** Why nothing more can be read at the moment. */
  readonly problem?: Failure;
  /** When the problem began; epoch milliseconds. */
  readonly problemAt?: number;
}

/**
 * The state after the watch has reported `watched`. A report whose data was read before an interruption does
 * not end the interruption, unless the report's `denied` contains the same failure.
 */
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

/** True if the state already names the problem as the denial of one resource. */
function isDenied({ denied = {} }: WatchedNodes, problem: Failure): boolean {
  return Object.values(denied).some((failure) => JSON.stringify(failure) === JSON.stringify(problem));
}
