/** Predicts the answer of the eviction API for a pod, from the pod and the budgets that cover it. */

import type { Pod, PodDisruptionBudget } from '../model/kubernetes';
import { selectorFor } from '../model/selects';
import { grouped } from './grouped';

export type OwnAnswer =
  | {
      readonly code: 'allowed';
      /** `not-counted`: the pod is Pending, finished or terminating, so that the API server checks no budget. */
      readonly why: 'not-counted' | 'no-budget' | 'not-ready' | 'room';
    }
  /** 500, since several budgets cover the pod. */
  | { readonly code: 'several-budgets'; readonly budgets: readonly PodDisruptionBudget[] }
  /** 429: the budget's controller has not seen the budget's last change. */
  | { readonly code: 'budget-behind'; readonly budget: PodDisruptionBudget }
  /** 429: the budget allows no disruption. */
  | { readonly code: 'no-disruption-left'; readonly budget: PodDisruptionBudget };

/** Returns the budgets that cover the pod. */
export type BudgetsOf = (pod: Pick<Pod, 'namespace' | 'labels'>) => readonly PodDisruptionBudget[];

interface Candidate {
  readonly budget: PodDisruptionBudget;
  readonly place: number;
  readonly isCovered: (labels: Pod['labels']) => boolean;
}

/**
 * Returns a function that finds the budgets of a pod. The function caches no results: there may be tens of
 * thousands of pods, and callers keep the results that they need again.
 */
export function budgetLookup(budgets: readonly PodDisruptionBudget[]): BudgetsOf {
  // Budgets are grouped by namespace and by the first label that their selector requires, so that a pod is not
  // compared with every budget: a namespace may have as many budgets as pods.
  const candidates = grouped(
    budgets.map((budget, place): Candidate => ({ budget, place, isCovered: selectorFor(budget.selector) })),
    ({ budget: { namespace, selector } }) =>
      labelKey(namespace, Object.entries(selector?.matchLabels ?? {})[0]),
  );
  return ({ namespace, labels }) => {
    const covering: Candidate[] = [];
    const add = (asking: readonly Candidate[] = []): void => {
      for (const one of asking) if (one.isCovered(labels)) covering.push(one);
    };
    add(candidates.get(labelKey(namespace, undefined)));
    for (const label of Object.entries(labels)) add(candidates.get(labelKey(namespace, label)));
    return covering.sort((a, b) => a.place - b.place).map(({ budget }) => budget);
  };
}

/** A key that differs for any two labels, whatever characters they contain. */
function labelKey(namespace: string, label: readonly [string, string] | undefined): string {
  return label === undefined ? namespace : `${namespace}/${label[0].length}/${label.join('/')}`;
}

/**
 * Predicts the API server's answer: makes the same checks in the same order.
 * @param budgets all budgets that cover the pod
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 */
export function evictionAnswer(pod: Pod, budgets: readonly PodDisruptionBudget[]): OwnAnswer {
  if (!isCounted(pod)) return { code: 'allowed', why: 'not-counted' };
  const [budget, another] = budgets;
  if (budget === undefined) return { code: 'allowed', why: 'no-budget' };
  if (another !== undefined) return { code: 'several-budgets', budgets };
  if (!pod.ready && letsUnreadyGo(budget)) return { code: 'allowed', why: 'not-ready' };
  if (isBehind(budget)) return { code: 'budget-behind', budget };
  return budget.disruptionsAllowed > 0
    ? { code: 'allowed', why: 'room' }
    : { code: 'no-disruption-left', budget };
}

/** True if the status does not yet take account of the budget's last change. */
export function isBehind({ generation, observedGeneration = 0 }: PodDisruptionBudget): boolean {
  return observedGeneration < generation;
}

function isCounted({ phase, deletedAt }: Pod): boolean {
  return phase !== 'Pending' && phase !== 'Succeeded' && phase !== 'Failed' && deletedAt === undefined;
}

/** @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy */
function letsUnreadyGo(budget: PodDisruptionBudget): boolean {
  const { unhealthyPodEvictionPolicy, currentHealthy, desiredHealthy } = budget;
  return (
    unhealthyPodEvictionPolicy === 'AlwaysAllow' || (desiredHealthy > 0 && currentHealthy >= desiredHealthy)
  );
}
