/** What room a PodDisruptionBudget leaves: whether it lets a pod go now, would let one go later, or never does. */
import type { PodDisruptionBudget } from '../model/kubernetes';
import { isBehind } from './eviction';

/** What would make a budget that never lets a pod go let one go. */
export interface Relief {
  /** To so many replicas; absent where no number of them helps. */
  readonly scaleTo?: number;
  readonly relaxTo: { readonly field: 'minAvailable' | 'maxUnavailable'; readonly value: number | string };
}

export type BudgetRoom =
  | { readonly kind: 'room'; readonly evictions: number }
  /** However many of its pods are ready. */
  | { readonly kind: 'never'; readonly relief: Relief }
  /** Not until so many more of its pods are ready. */
  | { readonly kind: 'not-now'; readonly missing: number }
  /** Its controller cannot compute it, and lets nothing go meanwhile. */
  | { readonly kind: 'not-computed'; readonly message: string }
  /** Its controller has not seen its last change. */
  | { readonly kind: 'not-seen' };

export function roomOf(budget: PodDisruptionBudget): BudgetRoom {
  const { disruptionsAllowed, syncFailed, currentHealthy, desiredHealthy } = budget;
  // What cannot be computed never catches up with the budget's generation.
  if (syncFailed !== undefined) return { kind: 'not-computed', message: syncFailed };
  if (isBehind(budget)) return { kind: 'not-seen' };
  if (disruptionsAllowed > 0) return { kind: 'room', evictions: disruptionsAllowed };
  const relief = reliefOf(budget);
  return relief
    ? { kind: 'never', relief }
    : { kind: 'not-now', missing: Math.max(1, desiredHealthy - currentHealthy + 1) };
}

/** Undefined where the budget lets a pod go as soon as all its pods are ready. */
function reliefOf({ minAvailable, maxUnavailable, expectedPods }: PodDisruptionBudget): Relief | undefined {
  if (minAvailable === undefined) {
    // Percentages round up, so that only zero of them is none.
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
