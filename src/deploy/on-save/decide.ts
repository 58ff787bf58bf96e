/** What a save's plan leads to, with nobody there to be asked. */

import type { Refusal } from '../../model/failure';
import type { Phase } from '../../model/phase';
import { stops } from '../../plan/verdict';
import type { Check } from '../plan/all-checks';
import type { DeploymentPlan } from '../plan/plan';
import { type SaveOutcome, UNSAVED } from './save-state';

export type SaveDecision =
  /** The target has this very code, script and arguments. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'deploy' }
  /** The target is busy with another change: worth another try later. */
  | { readonly kind: 'busy' }
  /** `code`: of a check, or `confirmation`. `about`: tells one finding of a check from another. */
  | { readonly kind: 'blocked'; readonly code: string; readonly about?: string };

/** Whatever asks a question is never deployed by a save. */
export function decide({ parts, confirmations, checks }: DeploymentPlan): SaveDecision {
  if (asksAlways(confirmations)) return { kind: 'blocked', code: 'confirmation' };
  if (parts.length === 0) return { kind: 'unchanged' };
  const blocking = stoppingSave(checks);
  const [first] = [...blocking.filter((check) => readinessOf(check) === undefined), ...blocking];
  if (first === undefined) return { kind: 'deploy' };
  return readinessOf(first) === 'busy' ? { kind: 'busy' } : blockedBy(first);
}

/** Whether each deployment of the target has to be agreed to, whatever it finds there. */
function asksAlways(confirmations: DeploymentPlan['confirmations']): boolean {
  return confirmations.some(({ check }) => check !== 'drift');
}

function readinessOf(check: Check): Phase | undefined {
  return 'kind' in check ? check.readiness : undefined;
}

/** Which secrets were found is told each time that they are others; of all else the code says enough. */
function blockedBy(check: Check): SaveDecision {
  const { code } = check;
  return code === 'secrets.found'
    ? { kind: 'blocked', code, about: JSON.stringify(check.facts) }
    : { kind: 'blocked', code };
}

/** Which files are not saved is told each time that they are others, and not at each save. */
export function blockedByTask({ code, facts }: Refusal): SaveOutcome {
  return code === UNSAVED
    ? { kind: 'blocked', code, about: JSON.stringify(facts) }
    : { kind: 'blocked', code };
}

/**
 * The checks that stop a save: what blocks every deployment, what will be over soon, and what only a person who has seen it
 * may let through. A
 * secret that was uploaded once is out, and a save shows no review in which anybody would have noticed it.
 */
export function stoppingSave(checks: readonly Check[]): readonly Check[] {
  return checks.filter(
    (check) => stops(check) || readinessOf(check) !== undefined || check.code === 'secrets.found',
  );
}
