/** What a save's plan leads to, with nobody there to be asked. */

import type { Refusal } from '../../model/failure';
import { stops } from '../../plan/verdict';
import type { Check, CheckCode } from '../plan/all-checks';
import type { DeploymentPlan } from '../plan/plan';
import { type SaveOutcome, UNSAVED } from './save-state';

export type SaveDecision =
  /** The cluster has this very code, script and arguments. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'deploy' }
  /** The cluster is busy with another change: worth another try later. */
  | { readonly kind: 'busy' }
  /** `about`: tells one finding of a check from another. */
  | { readonly kind: 'blocked'; readonly code: CheckCode | 'confirmation'; readonly about?: string };

/** A protected target and FORCE ask questions, so a save never deploys with them. */
export function decide({ parts, confirmations, checks }: DeploymentPlan): SaveDecision {
  if (confirmations.length > 0) return { kind: 'blocked', code: 'confirmation' };
  if (parts.length === 0) return { kind: 'unchanged' };
  const blocking = stopping(checks);
  const [first] = [...blocking.filter((check) => !isNotReady(check)), ...blocking];
  if (first === undefined) return { kind: 'deploy' };
  return isNotReady(first) && first.facts.phase === 'busy' ? { kind: 'busy' } : blockedBy(first);
}

function isNotReady(check: Check) {
  return check.code === 'cluster.not-ready';
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
 * The checks that stop a save: what blocks every deployment, and what only a person who has seen it may let through. A
 * secret that was uploaded once is out, and a save shows no review in which anybody would have noticed it.
 */
export function stopping(checks: readonly Check[]): readonly Check[] {
  return checks.filter((check) => stops(check) || check.code === 'secrets.found');
}
