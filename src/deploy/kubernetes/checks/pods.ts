/** Checks that the pods of a workload can be replaced, which is how they get new code. */
import type { PodDisruptionBudget } from '../../../model/kubernetes';
import type { KubernetesFailure } from '../../../model/kubernetes-failure';
import type { Workload, WorkloadPod } from '../../../model/workload';
import { declareCheck } from '../../../plan/check';
import { readOptionalInside } from '../../../plan/optional-read';
import type { Workloads } from '../ports';
import { isOnDelete, type WorkloadStrategy } from '../strategies';
import { pass, unknown, warn } from './check';

/**
 * A pod that still exists this many milliseconds after its grace period counts as stuck. The time is long,
 * since this machine's clock may differ from the cluster's.
 */
const LINGERS_MS = 5 * 60_000;

const PODS = declareCheck('pods', {
  'pods.free': pass(),
  /** A pod was deleted long ago but still exists: its successor cannot start, or the rollout does not end. */
  'pods.stuck-leaving': warn<{
    readonly pod: string;
    readonly minutes: number;
    readonly finalizers: readonly string[];
  }>('free-pod'),
  /** With NO_RESTART, pods get the code when a drain evicts them, but these budgets never allow an eviction. */
  'pods.never-evicted': warn<{ readonly budgets: readonly string[] }>('widen-budget'),
  /**
   * Slipway deletes more pods than the budgets allow to be disrupted: budgets limit only evictions, not
   * deletions.
   */
  'pods.beyond-budget': warn<{
    readonly budgets: readonly string[];
    readonly strategy: string;
    /** Number of pods that are deleted at a time. */
    readonly pods: number;
    readonly allowed: number;
  }>('use-rolling'),
  'pods.unknown': unknown<{ readonly failure: KubernetesFailure }>(),
});

interface Read {
  readonly workload: Workload;
  readonly pods: readonly WorkloadPod[];
  readonly workloads: Workloads;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Reads budgets only where they matter: a rollout deletes pods without regard to budgets.
 * @throws failures that concern more than this check
 */
export async function podsCheck(read: Read, strategy: WorkloadStrategy, signal: AbortSignal) {
  const { workload, pods, workloads, now } = read;
  const stuck = pods.find(({ deletedAt }) => deletedAt !== undefined && now - deletedAt > LINGERS_MS);
  if (stuck?.deletedAt !== undefined) {
    const minutes = Math.floor((now - stuck.deletedAt) / 60_000);
    return PODS.found('pods.stuck-leaving', { pod: stuck.name, minutes, finalizers: stuck.finalizers ?? [] });
  }
  const isEvicted = strategy === 'NO_RESTART' && isOnDelete(workload);
  const atOnce = strategy === 'FORCE' ? pods.length : strategy === 'CANARY' ? 1 : 0;
  if (pods.length === 0 || !(isEvicted || atOnce > 0)) return PODS.found('pods.free');
  const found = await readOptionalInside(() => workloads.budgets(workload, signal));
  if (!found.known) return PODS.found('pods.unknown', { failure: found.why });
  const names = (of: readonly PodDisruptionBudget[]): readonly string[] => of.map(({ name }) => name);
  if (isEvicted) {
    const never = neverLetting(found.value);
    return never.length > 0
      ? PODS.found('pods.never-evicted', { budgets: names(never) })
      : PODS.found('pods.free');
  }
  const allowed = Math.min(...found.value.map(({ disruptionsAllowed }) => disruptionsAllowed));
  return allowed < atOnce
    ? PODS.found('pods.beyond-budget', { budgets: names(found.value), strategy, pods: atOnce, allowed })
    : PODS.found('pods.free');
}

/**
 * The budgets that never allow an eviction: all of them if there are several, since Kubernetes evicts no pod
 * that two budgets cover; a single one if it needs all of its pods.
 */
function neverLetting(budgets: readonly PodDisruptionBudget[]): readonly PodDisruptionBudget[] {
  if (budgets.length > 1) return budgets;
  return budgets.filter(
    ({ expectedPods, desiredHealthy }) => expectedPods > 0 && desiredHealthy >= expectedPods,
  );
}
