/** Which pods a drain moves, which are on their way already, and which come back to the node they left. */
import type { Pod, Toleration } from '../model/kubernetes';

type Taint = { readonly key: string; readonly value: string; readonly effect: string };

/** What a cordoned node carries. @see https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const CORDON: Taint = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' };

/** Whether a drain has to move the pod: not those of a DaemonSet, of the kubelet itself, or that have finished. */
export function mustMove({ controller, mirror, phase }: Pod): boolean {
  return !mirror && controller?.kind !== 'DaemonSet' && phase !== 'Succeeded' && phase !== 'Failed';
}

/** Whether somebody has asked the pod to go. */
export function isLeaving({ deletedAt, disruptionTarget }: Pod): boolean {
  return deletedAt !== undefined || disruptionTarget;
}

/** Whether a budget counts the pod as healthy: ready, and not asked to go. */
export function countsAsHealthy({ ready, deletedAt }: Pod): boolean {
  return ready && deletedAt === undefined;
}

/** Whether the scheduler may put the pod's successor onto the same node although it is cordoned. */
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
