/** Judges an update while the service reports that its target does not exist. */
import type { Facts } from '../../model/json';
import type { Observation } from '../../operations/operation';

/**
 * Milliseconds for which AWS must have answered that the target does not exist before the deployment counts as failed.
 */
export const MISSING_MS = 5 * 60_000;

/**
 * Either the target is gone, or something other than the service answered. Neither tells how the update ended. `facts`:
 * those of the operation; `check`: what the user should check if the update ends as unknown; `now`: epoch milliseconds.
 */
export function judgeMissing({ missingSince: known }: Facts, check: string, now: number): Observation {
  const missingSince = typeof known === 'number' ? known : now;
  if (now - missingSince < MISSING_MS) return { state: 'going-on', facts: { missingSince } };
  return { state: 'ended', outcome: { state: 'unknown', facts: { missingSince, why: 'not-found', check } } };
}

/** The facts of a poll that has found the target again: the count of {@link MISSING_MS} begins again. */
export function foundAgain({ missingSince }: Facts): Facts {
  return typeof missingSince === 'number' ? { missingSince: null } : {};
}
