/**
 * Evictions (subresource `pods/eviction`): the status of the pod's budget decides whether an eviction is
 * allowed.
 */

import { present } from '../present';
import type { KubernetesCluster } from './cluster-api';
import { isFinished, isReady, type Pod, type PodDisruptionBudget } from './kinds';
import { kubeTime } from './kube-object';
import { matches } from './label-selector';
import type { Expectation } from './object-store';
import { graceOf } from './pod-grace';
import { resourceNamed } from './resources';
import { notFound, StatusError } from './status';

export interface EvictionRequest {
  readonly namespace: string;
  readonly name: string;
  /** Whether this is a dry run, which makes the same checks but changes nothing. */
  readonly dryRun?: boolean;
  /** If absent, the pod's own grace period applies. */
  readonly graceSeconds?: number;
  readonly expect?: Expectation;
}

/**
 * Evicts a pod: sets the pod's condition `DisruptionTarget` and begins the pod's deletion. If the eviction
 * counts against the pod's budget, first lowers the number of evictions that the budget allows. Follows the
 * order of
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/pod/storage/eviction.go
 * @throws a Status: 404 if the pod does not exist, 500 if several budgets cover the pod, 429 if the budget
 * does not allow the eviction, 403 if the budget's number of allowed evictions is negative, 409 if the pod
 * does not meet `expect`.
 */
export function evict({ store, time }: KubernetesCluster, request: EvictionRequest): void {
  const { namespace, name, dryRun = false, expect = {} } = request;
  const pod = store.get('pods', namespace, name) as Pod | undefined;
  if (!pod) throw notFound(resourceNamed('pods'), name);
  const budget = mayIgnoreBudgets(pod)
    ? undefined
    : budgetOf(store.list('poddisruptionbudgets', namespace), pod);
  if (budget && !isUnhealthyAndFree(pod, budget)) checkAllowance(budget);
  const grace = graceOf(pod, request.graceSeconds);
  store.markDeleted('pods', namespace, name, grace, { ...expect, dryRun: true });
  if (dryRun) return;
  if (budget && !isUnhealthyAndFree(pod, budget)) {
    const { status } = budget;
    store.update('poddisruptionbudgets', {
      ...budget,
      status: {
        ...status,
        disruptionsAllowed: (status?.disruptionsAllowed ?? 0) - 1,
        disruptedPods: { ...status?.disruptedPods, [name]: kubeTime(time.now()) },
      },
    });
  }
  store.update('pods', withDisruptionTarget(pod, kubeTime(time.now())));
  store.markDeleted('pods', namespace, name, grace);
}

/**
 * True if no budget protects the pod from eviction: the pod has not started, has ended, or is already
 * being deleted.
 */
function mayIgnoreBudgets(pod: Pod): boolean {
  const { deletionTimestamp } = pod.metadata;
  return pod.status?.phase === 'Pending' || isFinished(pod) || deletionTimestamp !== undefined;
}

function budgetOf(budgets: readonly unknown[], pod: Pod): PodDisruptionBudget | undefined {
  const own = (budgets as readonly PodDisruptionBudget[]).filter(({ spec }) =>
    matches(spec.selector, pod.metadata.labels),
  );
  if (own.length > 1)
    throw new StatusError(
      500,
      '',
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  return own[0];
}

/**
 * True if the eviction does not count against the budget: the pod is not ready, so the budget does not count
 * it as healthy, and either enough other pods are healthy, or the budget always allows the eviction of a pod
 * that is not ready.
 */
function isUnhealthyAndFree(pod: Pod, { spec, status }: PodDisruptionBudget): boolean {
  if (isReady(pod)) return false;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return (
    spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' ||
    (currentHealthy >= desiredHealthy && desiredHealthy > 0)
  );
}

function checkAllowance({ metadata, status }: PodDisruptionBudget): void {
  const {
    disruptionsAllowed = 0,
    desiredHealthy = 0,
    currentHealthy = 0,
    observedGeneration = 0,
  } = status ?? {};
  if (observedGeneration < (metadata.generation ?? 0))
    throw refused(`The disruption budget ${metadata.name} is still being processed by the server.`, 10);
  if (disruptionsAllowed < 0) {
    const { name } = metadata;
    const message = `poddisruptionbudget.policy "${name}" is forbidden: pdb disruptions allowed is negative`;
    throw new StatusError(403, 'Forbidden', message, { name, group: 'policy', kind: 'poddisruptionbudget' });
  }
  if (disruptionsAllowed === 0)
    throw refused(
      `The disruption budget ${metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
    );
}

function refused(message: string, retryAfterSeconds?: number): StatusError {
  return new StatusError(
    429,
    'TooManyRequests',
    "Cannot evict pod as it would violate the pod's disruption budget.",
    {
      causes: [{ reason: 'DisruptionBudget', message }],
      ...present({ retryAfterSeconds }),
    },
  );
}

function withDisruptionTarget(pod: Pod, time: string): Pod {
  const conditions = pod.status?.conditions?.filter(({ type }) => type !== 'DisruptionTarget') ?? [];
  const target = {
    type: 'DisruptionTarget',
    status: 'True' as const,
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
    lastProbeTime: null,
    lastTransitionTime: time,
  };
  return { ...pod, status: { ...pod.status, conditions: [...conditions, target] } };
}
