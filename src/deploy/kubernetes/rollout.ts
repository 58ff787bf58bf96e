/**
 * When a rollout is complete, by the rules of `kubectl rollout status`.
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go
 */
import type { Workload } from '../../model/workload';
import { isOnDelete } from './strategies';

/** Whether the controller has seen the workload as it is: until then its status is about an earlier one. */
export function isObserved({ generation, rollout }: Workload): boolean {
  return (rollout.observedGeneration ?? -1) >= generation;
}

/** Nothing is left to be replaced. With OnDelete that is only seen in the pods, so it is never said here. */
export function isComplete(workload: Workload): boolean {
  if (!isObserved(workload) || isOnDelete(workload)) return false;
  return workload.kind === 'Deployment' ? isDeploymentDone(workload) : isStatefulSetDone(workload);
}

function isDeploymentDone({ replicas, rollout }: Workload): boolean {
  const { updated, available } = rollout;
  return updated >= replicas && rollout.replicas <= updated && available >= updated;
}

/**
 * The revisions are the same one before `minReadySeconds` have passed, so that the available ones count as well.
 * @see https://github.com/kubernetes/kubernetes/issues/136831
 */
function isStatefulSetDone({ replicas, partition, minReadySeconds, rollout }: Workload): boolean {
  const { ready, updated, available, currentRevision, updateRevision } = rollout;
  if (ready < replicas || (minReadySeconds > 0 && available < replicas)) return false;
  if (partition > 0) return updated >= replicas - partition;
  return updateRevision === currentRevision;
}

/** Pods are being replaced: the status is about something that has not come to its end. */
export function isRollingOut(workload: Workload): boolean {
  return !workload.paused && !isOnDelete(workload) && workload.replicas > 0 && !isComplete(workload);
}
