/** What an update with force would do to the pods that a drain cannot move: they end with their node. */
import type { Pod, PodDisruptionBudget } from '../model/kubernetes';
import type { ForcedEnd } from './blocker';
import { factsOf } from './budget-cause';
import { countsAsHealthy } from './moving';

/** A pod, and the budgets that cover it. */
interface CoveredPod {
  readonly pod: Pod;
  readonly budgets: readonly PodDisruptionBudget[];
}

/**
 * Returns a function that finds out what an update with force would do to one of the pods.
 * @param moving all pods that have to leave the drained nodes, each with its budgets
 */
export function forcedEnds(moving: readonly CoveredPod[]): (covered: CoveredPod) => ForcedEnd {
  /** For each budget, the number of its healthy pods among `moving`, by the name of their node. */
  const healthy = new Map<PodDisruptionBudget, Map<string, number>>();
  for (const { pod, budgets } of moving) {
    if (!countsAsHealthy(pod) || pod.nodeName === undefined) continue;
    for (const budget of budgets) {
      const onNodes = healthy.get(budget) ?? new Map<string, number>();
      healthy.set(budget, onNodes.set(pod.nodeName, (onNodes.get(pod.nodeName) ?? 0) + 1));
    }
  }
  return ({ pod, budgets }) => {
    const remade = pod.controller !== undefined;
    for (const budget of budgets) {
      const left = budget.currentHealthy - (healthy.get(budget)?.get(pod.nodeName ?? '') ?? 0);
      if (left < budget.desiredHealthy) return { remade, breaks: { ...factsOf(budget), left } };
    }
    return { remade };
  };
}
