/** Judges an update while the service reports that its target does not exist. */
import type { Facts } from '../../model/json';
import type { Observation } from '../../operations/operation';

/**
 * If the service answers for this many milliseconds that the target does not exist, the deployment ends as
 * `unknown`.
 */
export const MISSING_MS = 5 * 60_000;

/**
 * Judges an update whose target is gone, or was reported as gone by something other than the service; either
 * way, the update's end is not known. `facts`: those of the operation; `check`: what the user should check if
 * the update ends as `unknown`; `now`: epoch milliseconds.
 */
export function judgeMissing({ missingSince: known }: Facts, check: string, now: number): Observation {
  const missingSince = typeof known === 'number' ? known : now;
  if (now - missingSince < MISSING_MS) return { state: 'going-on', facts: { missingSince } };
  return { state: 'ended', outcome: { state: 'unknown', facts: { missingSince, why: 'not-found', check } } };
}

/**
 * The facts that a poll adds if it found the target. If the target was missing before, they clear `missingSince`,
 * so that {@link MISSING_MS} is counted from the start if the target is missing once more.
 */
export function foundAgain({ missingSince }: Facts): Facts {
  return typeof missingSince === 'number' ? { missingSince: null } : {};
}
