/** PodDisruptionBudgets: how many of their pods are healthy, and how many evictions they allow. */
import { present } from '../../present';
import {
  type BudgetStatus,
  type Condition,
  isReady,
  type Labels,
  type Pod,
  type PodDisruptionBudget,
  scaled,
} from '../kinds';
import { matches } from '../label-selector';
import type { Change } from '../object-store';
import { type Controller, keyOf, partsOf } from './control-loop';
import { controllerOf, resourceOf } from './owners';
import type { PodOwnerParts } from './pod-set';
import { setCondition } from './pod-status';

const BY = 'controllermanager';

/** Resources with the subresource `scale`, from which the controller learns how many pods are wanted. */
const WITH_SCALE = ['deployments', 'replicasets', 'statefulsets', 'replicationcontrollers'];

export class Disruption implements Controller {
  readonly name = 'disruption';

  constructor(private readonly parts: PodOwnerParts) {}

  concerns({ resource, object, before }: Change): Iterable<string> {
    const { store } = this.parts;
    if (resource === 'poddisruptionbudgets') return [keyOf(object)];
    const budgets = store.list(
      'poddisruptionbudgets',
      object.metadata.namespace,
    ) as readonly PodDisruptionBudget[];
    if (resource === 'pods') {
      const labels = [object.metadata.labels, before?.metadata.labels];
      return budgets.filter(({ spec }) => labels.some((one) => matches(spec.selector, one))).map(keyOf);
    }
    // If `replicas` of a workload changes, the budgets of its pods expect another number of pods. All budgets
    // in the namespace are reconciled, whether they cover these pods or not.
    return WITH_SCALE.includes(resource) && object.spec?.['replicas'] !== before?.spec?.['replicas']
      ? budgets.map(keyOf)
      : [];
  }

  reconcile(key: string): void {
    const { store, pods, events, time } = this.parts;
    const [namespace, name] = partsOf(key);
    const budget = store.get('poddisruptionbudgets', namespace, name) as PodDisruptionBudget | undefined;
    if (!budget) return;
    const own = pods
      .inNamespace(namespace)
      .filter(({ metadata }) => matches(budget.spec.selector, metadata.labels));
    if (own.length === 0)
      events.record(budget, { reason: 'NoPods', message: 'No matching pods found', by: BY });
    const expected = this.expectedOf(budget, own);
    const status =
      'problem' in expected
        ? unknownStatus(budget, expected.problem, time.now())
        : computedStatus(budget, { ...expected, healthy: healthyOf(budget, own) }, time.now());
    if ('problem' in expected && budget.status?.conditions?.[0]?.message !== expected.problem)
      events.record(budget, {
        type: 'Warning',
        reason: 'CalculateExpectedPodCountFailed',
        message: `Failed to calculate the number of expected pods: ${expected.problem}`,
        by: BY,
      });
    store.update('poddisruptionbudgets', { ...budget, status });
  }

  private expectedOf(
    { spec }: PodDisruptionBudget,
    own: readonly Pod[],
  ): Expected | { readonly problem: string } {
    const { minAvailable, maxUnavailable } = spec;
    if (maxUnavailable === undefined && typeof minAvailable !== 'string')
      return { expected: own.length, desired: minAvailable ?? 0 };
    const scale = this.scaleOf(own);
    if (typeof scale === 'string') return { problem: scale };
    if (maxUnavailable !== undefined)
      return { expected: scale, desired: Math.max(0, scale - scaled(maxUnavailable, scale, 'up')) };
    return { expected: scale, desired: scaled(minAvailable ?? 0, scale, 'up') };
  }

  /**
   * The number of pods that all controllers of these pods should have in total, or the reason why the number
   * is unknown.
   */
  private scaleOf(own: readonly Pod[]): number | string {
    const scales = new Map<string, number>();
    for (const pod of own) {
      const controller = controllerOf(pod);
      // A pod without a controller is not counted.
      if (!controller || scales.has(controller.uid)) continue;
      const resource = resourceOf(controller);
      if (resource === undefined) return `found no controllers for pod "${pod.metadata.name}"`;
      if (!WITH_SCALE.includes(resource))
        return `${resource}.${controller.apiVersion.split('/')[0]} does not implement the scale subresource`;
      const set = this.parts.store.get(resource, pod.metadata.namespace, controller.name);
      if (set?.metadata.uid !== controller.uid) return `found no controllers for pod "${pod.metadata.name}"`;
      const above = controllerOf(set);
      const owner =
        above?.kind === 'Deployment'
          ? this.parts.store.get('deployments', set.metadata.namespace, above.name)
          : set;
      scales.set(controller.uid, 0);
      if (owner) scales.set(owner.metadata.uid, Number(owner.spec?.['replicas'] ?? 1));
    }
    return [...scales.values()].reduce((sum, one) => sum + one, 0);
  }
}

/**
 * The number of healthy pods, and the pods whose eviction was allowed but whose deletion is not visible yet:
 * these do not count as healthy.
 */
function healthyOf({ status }: PodDisruptionBudget, own: readonly Pod[]): Healthy {
  const staying = own.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const names = new Set(staying.map(({ metadata }) => metadata.name));
  const disrupted = Object.fromEntries(
    Object.entries(status?.disruptedPods ?? {}).filter(([name]) => names.has(name)),
  );
  const healthy = staying.filter((pod) => isReady(pod) && disrupted[pod.metadata.name] === undefined);
  return { current: healthy.length, disrupted };
}

interface Expected {
  /** Number of pods that should exist; if `minAvailable` is an absolute number, the number of pods that do exist. */
  readonly expected: number;
  /** Number of pods that must be healthy. */
  readonly desired: number;
}

interface Healthy {
  readonly current: number;
  readonly disrupted: Labels;
}

function computedStatus(
  { metadata, status }: PodDisruptionBudget,
  { expected, desired, healthy }: Expected & { readonly healthy: Healthy },
  now: number,
): BudgetStatus {
  // If no pods are expected, no eviction is allowed. The first pods that appear are thus protected even before
  // the controller has counted them.
  const allowed = expected <= 0 ? 0 : Math.max(0, healthy.current - desired);
  const condition: Condition = {
    type: 'DisruptionAllowed',
    status: allowed > 0 ? 'True' : 'False',
    reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: metadata.generation,
  };
  return {
    observedGeneration: metadata.generation ?? 1,
    ...(Object.keys(healthy.disrupted).length > 0 && { disruptedPods: healthy.disrupted }),
    disruptionsAllowed: allowed,
    currentHealthy: healthy.current,
    desiredHealthy: desired,
    expectedPods: expected,
    conditions: setCondition(status?.conditions ?? [], condition, now),
  };
}

/** The status if the expected pods cannot be counted: keeps the last counts, but allows no eviction. */
function unknownStatus({ status }: PodDisruptionBudget, problem: string, now: number): BudgetStatus {
  const condition: Condition = {
    type: 'DisruptionAllowed',
    status: 'False',
    reason: 'SyncFailed',
    message: problem,
    ...present({ observedGeneration: status?.observedGeneration }),
  };
  return {
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
    ...status,
    disruptionsAllowed: 0,
    conditions: setCondition(status?.conditions ?? [], condition, now),
  };
}
