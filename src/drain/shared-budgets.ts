/**
 * Finds budgets that allow the eviction of some, but not all, of the pods that a drain moves at once. Dry
 * runs do not show this: the API server answers each eviction as if it were the only one.
 */
import type { Pod, PodDisruptionBudget } from '../model/kubernetes';
import type { OwnAnswer } from './eviction';

export interface Queue {
  /** The number of evictions that the budget allows at one time. */
  readonly evictions: number;
  /**
   * The number of the budget's pods that leave at once in the worst case: if the nodes that have most of
   * these pods are drained together.
   */
  readonly pods: number;
}

/** A pod that has to move, and the expected answer to its eviction. */
export interface Answered {
  readonly pod: Pod;
  /** The budgets that cover the pod. */
  readonly budgets: readonly PodDisruptionBudget[];
  readonly answer: OwnAnswer;
}

/** @param atOnce the number of nodes that are drained at once */
export function sharedBudgets(
  moving: readonly Answered[],
  atOnce: number,
): ReadonlyMap<PodDisruptionBudget, Queue> {
  const onNodes = new Map<PodDisruptionBudget, Map<string, number>>();
  for (const {
    pod,
    budgets: [budget],
    answer,
  } of moving) {
    if (!budget || answer.code !== 'allowed' || answer.why !== 'room') continue;
    const counts = onNodes.get(budget) ?? new Map<string, number>();
    onNodes.set(budget, counts.set(pod.nodeName ?? '', (counts.get(pod.nodeName ?? '') ?? 0) + 1));
  }
  const queues = new Map<PodDisruptionBudget, Queue>();
  for (const [budget, counts] of onNodes) {
    const most = [...counts.values()].sort((a, b) => b - a).slice(0, Math.max(1, atOnce));
    const pods = most.reduce((sum, count) => sum + count, 0);
    const evictions = budget.disruptionsAllowed;
    if (pods > evictions) queues.set(budget, { evictions, pods });
  }
  return queues;
}
