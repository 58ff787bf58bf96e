/** What is known of an update while a service does not find what it was about. */
import type { Facts } from '../../model/json';
import type { Observation } from '../../operations/operation';

/** For so long it has to be not found before that is taken for more than a slip. Milliseconds. */
export const MISSING_MS = 5 * 60_000;

/**
 * It is gone, or who answers looks in the wrong place. Neither says what became of the update. `facts`: of the operation;
 * `check`: what to look at where that stays so; `now`: epoch milliseconds.
 */
export function judgeMissing({ missingSince: known }: Facts, check: string, now: number): Observation {
  const missingSince = typeof known === 'number' ? known : now;
  if (now - missingSince < MISSING_MS) return { state: 'going-on', facts: { missingSince } };
  return { state: 'ended', outcome: { state: 'unknown', facts: { missingSince, why: 'not-found', check } } };
}

/** The fact of a look that has found it: the time counts anew. `earlier`: of the operation. */
export function foundAgain({ missingSince }: Facts): Facts {
  return typeof missingSince === 'number' ? { missingSince: null } : {};
}
