/** A pod, the budgets of its cluster, and what the eviction API answers: the form of the committed table. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { budgetLookup, evictionAnswer } from '../../src/drain/eviction';
import type { LabelSelector } from '../../src/model/kubernetes';
import { budget, pod } from './cluster';

export interface CasePod {
  readonly phase: string;
  readonly ready: boolean;
  readonly terminating?: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

export interface CaseBudget {
  readonly name: string;
  /** `shop` where absent, which is the pod's. */
  readonly namespace?: string;
  /** Without both of them the budget has no selector. */
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: LabelSelector['matchExpressions'];
  readonly allowed: number;
  readonly healthy: number;
  readonly needed: number;
  /** The status is that of an earlier generation. */
  readonly behind?: boolean;
  readonly unhealthyPodEvictionPolicy?: string;
}

export interface CaseAnswer {
  readonly status: number;
  /** Message of the cause DisruptionBudget; not looked at where absent. */
  readonly cause?: string;
}

export interface EvictionCase {
  readonly pod: CasePod;
  readonly budgets: readonly CaseBudget[];
}

export interface TableRow extends EvictionCase {
  readonly branch: string;
  readonly answer: CaseAnswer;
}

/** Somebody who knows what the eviction API answers. */
export interface Answerer {
  readonly name: string;
  answer(of: EvictionCase): Promise<CaseAnswer>;
}

export const TABLE: readonly TableRow[] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../fixtures/drain/evictions.json'), 'utf8'),
);

export const ownReading: Answerer = {
  name: 'our own reading',
  answer: async (of) => {
    const read = pod({
      phase: of.pod.phase,
      ready: of.pod.ready,
      labels: of.pod.labels,
      ...(of.pod.terminating && { deletedAt: 1 }),
    });
    const said = evictionAnswer(read, budgetLookup(of.budgets.map(budgetOf))(read));
    switch (said.code) {
      case 'allowed':
        return { status: 201 };
      case 'several-budgets':
        return { status: 500 };
      case 'budget-behind':
        return { status: 429 };
      case 'no-disruption-left': {
        const { name, desiredHealthy, currentHealthy } = said.budget;
        return {
          status: 429,
          cause: `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
        };
      }
    }
  },
};

function budgetOf(given: CaseBudget) {
  const { name, namespace, matchLabels, matchExpressions, allowed, healthy, needed } = given;
  const { selector: _selector, ...rest } = budget({
    name,
    namespace: namespace ?? 'shop',
    disruptionsAllowed: allowed,
    currentHealthy: healthy,
    desiredHealthy: needed,
    generation: 2,
    observedGeneration: given.behind ? 1 : 2,
    unhealthyPodEvictionPolicy: given.unhealthyPodEvictionPolicy ?? 'IfHealthyBudget',
  });
  return matchLabels || matchExpressions
    ? { ...rest, selector: { matchLabels: matchLabels ?? {}, matchExpressions: matchExpressions ?? [] } }
    : rest;
}
