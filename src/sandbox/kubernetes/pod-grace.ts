/** The time that a pod may take to end after its deletion has begun. */
import { isFinished, type Pod } from './kinds';

/** Kubernetes' default in seconds, for a pod that does not set a period. */
const DEFAULT_S = 30;

/** The grace period in seconds. @param asked the period in the request for the deletion */
export function graceOf(pod: Pod, asked: number | undefined): number {
  // A pod that has ended, or that no kubelet runs, is removed at once.
  if (pod.spec.nodeName === undefined || isFinished(pod)) return 0;
  return asked ?? pod.spec.terminationGracePeriodSeconds ?? DEFAULT_S;
}
