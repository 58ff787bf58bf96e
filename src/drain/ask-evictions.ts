/** Asks the API server, by dry runs of evictions, whether pods may be evicted. This changes nothing. */

import type { Pod } from '../model/kubernetes';
import { present } from '../model/present';
import type { DrainFacts } from './blockers';
import { movingPods } from './blockers';
import { refOf } from './budget-cause';
import { budgetLookup, evictionAnswer, type OwnAnswer } from './eviction';
import type { DrainApi, EvictionAnswer } from './ports';

/** A pod, the API server's answer, and the answer that Slipway predicts from budgets and pods. */
export interface AskedPod {
  readonly pod: Pod;
  readonly own: OwnAnswer;
  readonly answer: EvictionAnswer;
  /** True if both answers agree; undefined where the API server's answer says nothing about budgets. */
  readonly agrees?: boolean;
}

/**
 * Asks about the eviction of each pod that has to move and that nobody has deleted yet, one after another,
 * within the port's rate limit. Each answer is given as if only that pod were evicted: when several pods are
 * evicted, the answers may differ.
 * @param told called after each answer with the number of answers so far and the number of pods to ask about
 */
export async function askEvictions(
  api: Pick<DrainApi, 'askEviction'>,
  facts: DrainFacts,
  told: (done: number, all: number) => void,
  signal: AbortSignal,
): Promise<readonly AskedPod[]> {
  const budgetsOf = budgetLookup(facts.budgets);
  const pods = movingPods(facts).filter(({ deletedAt }) => deletedAt === undefined);
  const asked: AskedPod[] = [];
  for (const pod of pods) {
    signal.throwIfAborted();
    const own = evictionAnswer(pod, budgetsOf(pod));
    const answer = await api.askEviction(refOf(pod), signal);
    const agrees = agreement(own, answer);
    asked.push({ pod, own, answer, ...present({ agrees }) });
    told(asked.length, pods.length);
  }
  return asked;
}

function agreement(own: OwnAnswer, answer: EvictionAnswer): boolean | undefined {
  switch (answer.code) {
    case 'allowed':
      return own.code === 'allowed';
    case 'refused-by-budget':
      return own.code === 'no-disruption-left' || own.code === 'budget-behind';
    case 'several-budgets':
      return own.code === 'several-budgets';
    case 'gone':
    case 'forbidden':
    case 'unknown':
      return undefined;
  }
}
