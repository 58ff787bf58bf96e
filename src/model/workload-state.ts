/** The state of a workload, reduced to the few values that its row distinguishes. */
import type { Phase } from './phase';
import { type PodTrouble, podTroubleOf } from './pod-trouble';
import type { SeenWorkload } from './seen-workload';
import type { Workload } from './workload';

export type WorkloadState =
  | { readonly code: 'running' }
  /** No pods are wanted, and none are left. */
  | { readonly code: 'stopped' }
  /**
   * The rollout is not complete: `updated` pods have the newest template that the controller has observed,
   * and `wanted` should exist.
   */
  | { readonly code: 'rolling'; readonly updated: number; readonly wanted: number }
  /** The rollout is complete, but not all pods of the workload are ready. */
  | { readonly code: 'unready'; readonly ready: number; readonly wanted: number }
  /** Some pods keep the earlier template until somebody deletes them or moves the partition. */
  | { readonly code: 'held-back'; readonly updated: number; readonly wanted: number }
  /** The rollout of a Deployment is not complete, and goes on only when somebody resumes it. */
  | { readonly code: 'paused' }
  /** A pod has trouble, or the rollout cannot go on. `reason` is in Kubernetes' spelling. */
  | ({ readonly code: 'failing' } & Partial<PodTrouble> & Pick<PodTrouble, 'reason'>)
  /** The workload was deleted, and its pods are being removed. */
  | { readonly code: 'leaving' };

/**
 * The state by the rules of `kubectl rollout status`. These rules do not consider single pods, so trouble of
 * a pod takes precedence over their result.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies
 */
export function workloadState({ workload, pods = [] }: SeenWorkload): WorkloadState {
  const { replicas: wanted, rollout } = workload;
  if (workload.deletedAt !== undefined) return { code: 'leaving' };
  const [trouble] = pods.flatMap((pod) => podTroubleOf(pod) ?? []);
  if (trouble) return { code: 'failing', ...trouble };
  const { updated, ready } = rollout;
  if (!isObserved(workload))
    return workload.paused ? { code: 'paused' } : { code: 'rolling', updated, wanted };
  if (rollout.cannotCreate !== undefined) return { code: 'failing', reason: 'FailedCreate' };
  if (rollout.deadlineExceeded !== undefined) return { code: 'failing', reason: 'ProgressDeadlineExceeded' };
  if (isRolledOut(workload)) {
    if (wanted === 0) return { code: 'stopped' };
    return ready < wanted ? { code: 'unready', ready, wanted } : { code: 'running' };
  }
  if (workload.paused) return { code: 'paused' };
  if (!isHeldBack(workload)) return { code: 'rolling', updated, wanted };
  // With OnDelete the two revisions in the status stay different even after all pods were replaced.
  return updated >= wanted ? { code: 'running' } : { code: 'held-back', updated, wanted };
}

/**
 * True if the controller has observed the present template. Until then, the status describes an earlier
 * template.
 */
export function isObserved({ generation, rollout }: Workload): boolean {
  return (rollout.observedGeneration ?? 0) >= generation;
}

/**
 * True if, by the workload's status, all pods that should have the newest template have it. The status must
 * describe this template (see {@link isObserved}).
 */
function isRolledOut({ kind, replicas: wanted, rollout }: Workload): boolean {
  const { replicas, updated, currentRevision, updateRevision } = rollout;
  if (kind === 'Deployment') return updated === wanted && replicas === wanted;
  return wanted === 0 ? replicas === 0 : updateRevision !== undefined && currentRevision === updateRevision;
}

/**
 * True if a StatefulSet's update goes no further by itself: all its pods are ready, and those with the old
 * template keep it because of `partition`, or until somebody deletes them (`OnDelete`).
 */
function isHeldBack({ kind, updateStrategy, partition, replicas: wanted, rollout }: Workload): boolean {
  if (kind !== 'StatefulSet' || rollout.ready < wanted) return false;
  return updateStrategy === 'OnDelete' || (partition > 0 && rollout.updated >= wanted - partition);
}

/**
 * True if the controller's status alone shows that the rollout is complete and all pods are ready, so that
 * the pods need not be read.
 */
export function isSettled(workload: Workload): boolean {
  return isObserved(workload) && isRolledOut(workload) && workload.rollout.ready >= workload.replicas;
}

export function workloadPhase(state: WorkloadState): Phase {
  switch (state.code) {
    case 'running':
    case 'stopped':
    case 'held-back':
    case 'paused':
      return 'ready';
    case 'rolling':
    case 'unready':
    case 'leaving':
      return 'busy';
    case 'failing':
      return 'failed';
  }
}
