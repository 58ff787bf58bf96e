/**
 * Judges whether a rollout is complete, by the rules of `kubectl rollout status`.
 * @see
 * https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go
 */
import type { Workload } from '../../model/workload';
import { isObserved } from '../../model/workload-state';
import { isOnDelete } from './strategies';

/**
 * Returns true if the controller has observed the spec, no pod is left to replace, and all wanted pods are
 * ready (those of a Deployment: available). Always false with OnDelete: only the pods themselves then show whether
 * any pod is left to replace.
 */
export function isComplete(workload: Workload): boolean {
  if (!isObserved(workload) || isOnDelete(workload)) return false;
  return workload.kind === 'Deployment' ? isDeploymentDone(workload) : isStatefulSetDone(workload);
}

function isDeploymentDone({ replicas, rollout }: Workload): boolean {
  const { updated, available } = rollout;
  return updated >= replicas && rollout.replicas <= updated && available >= updated;
}

/**
 * With `minReadySeconds`, requires available pods, too: the revisions become equal before these seconds have
 * passed.
 * @see https://github.com/kubernetes/kubernetes/issues/136831
 */
function isStatefulSetDone({ replicas, partition, minReadySeconds, rollout }: Workload): boolean {
  const { ready, updated, available, currentRevision, updateRevision } = rollout;
  if (ready < replicas || (minReadySeconds > 0 && available < replicas)) return false;
  if (partition > 0) return updated >= replicas - partition;
  return updateRevision === currentRevision;
}

/** Returns true while a rollout is incomplete and the controller continues it by itself. */
export function isRollingOut(workload: Workload): boolean {
  return !workload.paused && !isOnDelete(workload) && workload.replicas > 0 && !isComplete(workload);
}
