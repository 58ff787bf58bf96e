/** Decides, without asking the user, whether deploy on save carries out a plan. */

import type { Phase } from '../../model/phase';
import { stops } from '../../plan/verdict';
import type { Check } from '../plan/all-checks';
import type { DeploymentPlan } from '../plan/plan';

export type SaveDecision =
  /** The target already has exactly this code, script and arguments. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'deploy' }
  /** The target is busy with another change: the deployment is tried again later. */
  | { readonly kind: 'busy' }
  /**
   * Deploy on save may not carry out the plan. `code`: the code of the check that stops it, or `confirmation`.
   * `about`: distinguishes one finding of a check from another.
   */
  | { readonly kind: 'blocked'; readonly code: string; readonly about?: string };

/** A plan that asks a question is never deployed by a save. */
export function decide({ parts, confirmations, checks }: DeploymentPlan): SaveDecision {
  if (asksAlways(confirmations)) return { kind: 'blocked', code: 'confirmation' };
  if (parts.length === 0) return { kind: 'unchanged' };
  const blocking = stoppingSave(checks);
  const [first] = [...blocking.filter((check) => readinessOf(check) === undefined), ...blocking];
  if (first === undefined) return { kind: 'deploy' };
  return readinessOf(first) === 'busy' ? { kind: 'busy' } : blockedBy(first);
}

/**
 * Returns true if a finding other than drift needs the user's agreement. Such a plan is blocked even if it
 * would change nothing.
 */
function asksAlways(confirmations: DeploymentPlan['confirmations']): boolean {
  return confirmations.some(({ check }) => check !== 'drift');
}

function readinessOf(check: Check): Phase | undefined {
  return 'kind' in check ? check.readiness : undefined;
}

/**
 * For a secrets finding, `about` names the secrets, since the user is told of each new set. For other checks the code
 * is enough.
 */
function blockedBy(check: Check): SaveDecision {
  const { code } = check;
  return code === 'secrets.found'
    ? { kind: 'blocked', code, about: JSON.stringify(check.facts) }
    : { kind: 'blocked', code };
}

/**
 * The findings that stop a save: those that stop every deployment, at least until the user agrees; those
 * that say that the target is not ready; and secrets, which only a user who has seen them may allow. An
 * upload cannot be taken back, and a save has no review in which the user could notice a secret.
 */
export function stoppingSave(checks: readonly Check[]): readonly Check[] {
  return checks.filter(
    (check) => stops(check) || readinessOf(check) !== undefined || check.code === 'secrets.found',
  );
}
