/** Decides whether a PodDisruptionBudget allows a pod's eviction now, could allow it later, or never does. */
import type { PodDisruptionBudget } from '../model/kubernetes';
import { isBehind } from './eviction';

/** Alternative changes: after any one of them, a budget that never allows an eviction would allow one. */
export interface Relief {
  /** The number of replicas with which the budget would allow an eviction; absent if no number is enough. */
  readonly scaleTo?: number;
  readonly relaxTo: { readonly field: 'minAvailable' | 'maxUnavailable'; readonly value: number | string };
}

export type BudgetRoom =
  | { readonly kind: 'room'; readonly evictions: number }
  /** No eviction is ever allowed, however many of the budget's pods are ready. */
  | { readonly kind: 'never'; readonly relief: Relief }
  /** No eviction is allowed until `missing` more of the budget's pods are ready. */
  | { readonly kind: 'not-now'; readonly missing: number }
  /** The budget's controller cannot compute the budget, and allows no eviction until it can. */
  | { readonly kind: 'not-computed'; readonly message: string }
  /** The budget's controller has not seen the budget's last change. */
  | { readonly kind: 'not-seen' };

export function roomOf(budget: PodDisruptionBudget): BudgetRoom {
  const { disruptionsAllowed, syncFailed, currentHealthy, desiredHealthy } = budget;
  // Checked before `isBehind`: while a budget cannot be computed, its `observedGeneration` stays behind.
  if (syncFailed !== undefined) return { kind: 'not-computed', message: syncFailed };
  if (isBehind(budget)) return { kind: 'not-seen' };
  if (disruptionsAllowed > 0) return { kind: 'room', evictions: disruptionsAllowed };
  const relief = reliefOf(budget);
  return relief
    ? { kind: 'never', relief }
    : { kind: 'not-now', missing: Math.max(1, desiredHealthy - currentHealthy + 1) };
}

/**
 * Alternative changes: after any one of them, the budget would allow an eviction. Undefined if the budget
 * allows an eviction as soon as all its pods are ready.
 */
function reliefOf({ minAvailable, maxUnavailable, expectedPods }: PodDisruptionBudget): Relief | undefined {
  if (minAvailable === undefined) {
    // Kubernetes rounds percentages up, so that only 0 % allows no eviction.
    return Number.parseFloat(String(maxUnavailable ?? 0)) === 0
      ? { relaxTo: { field: 'maxUnavailable', value: 1 } }
      : undefined;
  }
  const pods = Math.max(1, expectedPods);
  if (typeof minAvailable === 'number') {
    if (minAvailable < pods) return undefined;
    return { scaleTo: minAvailable + 1, relaxTo: { field: 'minAvailable', value: pods - 1 } };
  }
  const percent = Number.parseFloat(minAvailable);
  if (Math.ceil((pods * percent) / 100) < pods) return undefined;
  return {
    ...(percent < 100 && { scaleTo: Math.ceil(100 / (100 - percent)) }),
    relaxTo: { field: 'minAvailable', value: `${Math.floor(((pods - 1) * 100) / pods)}%` },
  };
}
