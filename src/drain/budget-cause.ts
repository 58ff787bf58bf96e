/**
 * Why a budget holds a pod, derived from the budget's status and from the other pods that the budget covers.
 */

import { atFirstUse } from '../model/cache';
import type { Pod, PodDisruptionBudget } from '../model/kubernetes';
import { selectorFor } from '../model/selects';
import type { BudgetFacts, Cause } from './blocker';
import { roomOf } from './budget-room';
import type { OwnAnswer } from './eviction';
import { grouped } from './grouped';
import { countsAsHealthy, mustMove } from './moving';
import type { PodRef } from './ports';

/** The maximum number of unready pods that a cause names. */
const NAMED = 5;

export function factsOf({
  namespace,
  name,
  desiredHealthy,
  currentHealthy,
}: PodDisruptionBudget): BudgetFacts {
  return { namespace, name, needs: desiredHealthy, has: currentHealthy };
}

export function refOf({ namespace, name, uid }: Pod): PodRef {
  return { namespace, name, uid };
}

/**
 * Returns the pods, with or without a node, that the budget covers but does not count as healthy. Pods that a
 * drain leaves alone are left out.
 */
export type UnreadyOf = (budget: PodDisruptionBudget) => readonly Pod[];

/** @param covered the pods of budgets that allow no eviction; other pods may be among them */
export function unreadyLookup(covered: readonly Pod[]): UnreadyOf {
  // The pods are grouped at first use: most drains are not held up, and `covered` may be all pods of a large
  // cluster.
  const unready = atFirstUse(() =>
    grouped(
      covered.filter((pod) => !countsAsHealthy(pod) && mustMove(pod)),
      ({ namespace }) => namespace,
    ),
  );
  const found = new Map<PodDisruptionBudget, readonly Pod[]>();
  return (budget) => {
    const isCovered = selectorFor(budget.selector);
    const pods =
      found.get(budget) ?? (unready().get(budget.namespace) ?? []).filter(({ labels }) => isCovered(labels));
    found.set(budget, pods);
    return pods;
  };
}

/** Why budgets hold the pod; undefined if the pod may be evicted. */
export function budgetCause(pod: Pod, answer: OwnAnswer, unreadyOf: UnreadyOf): Cause | undefined {
  switch (answer.code) {
    case 'allowed':
      return undefined;
    case 'several-budgets': {
      const [first, second, ...more] = answer.budgets.map(factsOf);
      return first && second && { code: 'several-budgets', facts: { budgets: [first, second, ...more] } };
    }
    case 'budget-behind':
    case 'no-disruption-left':
      return heldBy(answer.budget, pod, unreadyOf);
  }
}

function heldBy(held: PodDisruptionBudget, pod: Pod, unreadyOf: UnreadyOf): Cause | undefined {
  const room = roomOf(held);
  const budget = factsOf(held);
  switch (room.kind) {
    case 'not-computed':
      return { code: 'budget-not-computed', facts: { budget, message: room.message } };
    case 'never':
      return { code: 'budget-never', facts: { budget, relief: room.relief } };
    case 'not-now': {
      if (!pod.ready) return { code: 'unready-held', facts: { budget } };
      const unready = unreadyOf(held);
      const pending = unready.find(({ nodeName, unscheduled }) => nodeName === undefined && unscheduled);
      return pending?.unscheduled
        ? { code: 'replacement-pending', facts: { budget, pending: refOf(pending), ...pending.unscheduled } }
        : {
            code: 'budget-not-now',
            facts: { budget, missing: room.missing, waitsFor: unready.slice(0, NAMED).map(refOf) },
          };
    }
    case 'not-seen':
      return { code: 'budget-behind', facts: { budget } };
    case 'room':
      return undefined;
  }
}
