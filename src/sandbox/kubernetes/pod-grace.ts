/** How long a pod may take to end once its deletion has begun. */
import { isFinished, type Pod } from './kinds';

/** Kubernetes' default in seconds, for a pod that names none. */
const DEFAULT_S = 30;

/** The grace period in seconds. @param asked the period that the deletion names. */
export function graceOf(pod: Pod, asked: number | undefined): number {
  // A pod that has ended, or that no kubelet runs, is removed at once.
  if (pod.spec.nodeName === undefined || isFinished(pod)) return 0;
  return asked ?? pod.spec.terminationGracePeriodSeconds ?? DEFAULT_S;
}
