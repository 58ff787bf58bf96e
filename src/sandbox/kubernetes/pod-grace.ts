/** How long a pod may take to end once its deletion has begun. */
import { isFinished, type Pod } from './kinds';

/** Kubernetes' own, for a pod that names none. */
const DEFAULT_S = 30;

/** In seconds. @param asked what the deletion says. */
export function graceOf(pod: Pod, asked: number | undefined): number {
  // A pod that no kubelet runs, or that has ended, is gone at once.
  if (pod.spec.nodeName === undefined || isFinished(pod)) return 0;
  return asked ?? pod.spec.terminationGracePeriodSeconds ?? DEFAULT_S;
}
