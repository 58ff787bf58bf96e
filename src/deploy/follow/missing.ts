/** Judges an update while the service does not find its target. */
import type { Facts } from '../../model/json';
import type { Observation } from '../../operations/operation';

/** How long (ms) the target has to stay missing before that answer is believed. */
export const MISSING_MS = 5 * 60_000;

/**
 * The target is gone, or the answer came from the wrong place. Neither says what became of the update. `facts`: of the
 * operation; `check`: what the user should check in the end; `now`: epoch milliseconds.
 */
export function judgeMissing({ missingSince: known }: Facts, check: string, now: number): Observation {
  const missingSince = typeof known === 'number' ? known : now;
  if (now - missingSince < MISSING_MS) return { state: 'going-on', facts: { missingSince } };
  return { state: 'ended', outcome: { state: 'unknown', facts: { missingSince, why: 'not-found', check } } };
}

/** The facts of a poll that has found the target again: the time of {@link MISSING_MS} begins anew. */
export function foundAgain({ missingSince }: Facts): Facts {
  return typeof missingSince === 'number' ? { missingSince: null } : {};
}
