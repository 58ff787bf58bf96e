/** Which pods a drain moves, which are already leaving, and which may return to the same node. */
import type { Pod, Toleration } from '../model/kubernetes';

type Taint = { readonly key: string; readonly value: string; readonly effect: string };

/** The taint of a cordoned node. @see https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const CORDON: Taint = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' };

/** True if a drain has to move the pod: it is not of a DaemonSet, not the kubelet's own, and not finished. */
export function mustMove({ controller, mirror, phase }: Pod): boolean {
  return !mirror && controller?.kind !== 'DaemonSet' && phase !== 'Succeeded' && phase !== 'Failed';
}

/** True if the pod is being deleted, or is about to be evicted, preempted or deleted. */
export function isLeaving({ deletedAt, disruptionTarget }: Pod): boolean {
  return deletedAt !== undefined || disruptionTarget;
}

/** True if budgets count the pod as healthy: it is ready, and nobody has requested its deletion. */
export function countsAsHealthy({ ready, deletedAt }: Pod): boolean {
  return ready && deletedAt === undefined;
}

/** True if the scheduler may put the pod's successor onto the same node although the node is cordoned. */
export function comesBack(pod: Pod): boolean {
  return pod.controller !== undefined && pod.tolerations.some((one) => tolerates(one, CORDON));
}

/** @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates({ key = '', operator = '', value = '', effect = '' }: Toleration, taint: Taint): boolean {
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  switch (operator) {
    case 'Exists':
      return true;
    case '':
    case 'Equal':
      return value === taint.value;
    default:
      return false;
  }
}
