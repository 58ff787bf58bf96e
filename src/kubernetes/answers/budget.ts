/**
 * Reads PodDisruptionBudgets from answers of the API server.
 * https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/pod-disruption-budget-v1/
 */
import type { PodDisruptionBudget } from '../../model/kubernetes';
import { count, maybe, members, numberOrText, text } from '../../model/shape';
import { labelSelector, type SelectorObject, selectorOf } from './label-selector';
import {
  type Condition,
  conditionOf,
  conditions,
  type Metadata,
  metadata,
  type ObjectReader,
  objectOf,
} from './object';

interface BudgetObject {
  readonly metadata: Metadata & { readonly namespace: string };
  readonly spec?: {
    readonly selector?: SelectorObject | null;
    readonly minAvailable?: number | string | null;
    readonly maxUnavailable?: number | string | null;
    readonly unhealthyPodEvictionPolicy?: string | null;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly disruptionsAllowed?: number;
    readonly currentHealthy?: number;
    readonly desiredHealthy?: number;
    readonly expectedPods?: number;
    readonly conditions?: readonly Condition[];
  };
}

export const budgets: ObjectReader<PodDisruptionBudget> = {
  unused: ['managedFields'],
  shape: members({
    metadata,
    spec: maybe(
      members({
        selector: maybe(labelSelector),
        minAvailable: maybe(numberOrText),
        maxUnavailable: maybe(numberOrText),
        unhealthyPodEvictionPolicy: maybe(text),
      }),
    ),
    status: maybe(
      members({
        observedGeneration: maybe(count),
        disruptionsAllowed: maybe(count),
        currentHealthy: maybe(count),
        desiredHealthy: maybe(count),
        expectedPods: maybe(count),
        conditions,
      }),
    ),
  }),
  read({ metadata: about, spec, status }: BudgetObject) {
    const selector = spec?.selector;
    const allowed = conditionOf(status?.conditions, 'DisruptionAllowed');
    return objectOf(
      about,
      {
        namespace: about.namespace,
        unhealthyPodEvictionPolicy: spec?.unhealthyPodEvictionPolicy ?? 'IfHealthyBudget',
        generation: about.generation ?? 0,
        disruptionsAllowed: status?.disruptionsAllowed ?? 0,
        currentHealthy: status?.currentHealthy ?? 0,
        desiredHealthy: status?.desiredHealthy ?? 0,
        expectedPods: status?.expectedPods ?? 0,
      },
      {
        selector: selector == null ? undefined : selectorOf(selector),
        syncFailed: allowed?.reason === 'SyncFailed' ? (allowed.message ?? '') : undefined,
        minAvailable: spec?.minAvailable ?? undefined,
        maxUnavailable: spec?.maxUnavailable ?? undefined,
        observedGeneration: status?.observedGeneration,
      },
    );
  },
};
