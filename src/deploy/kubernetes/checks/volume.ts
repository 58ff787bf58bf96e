/**
 * Check that the pods of a Deployment can be replaced one after the other while they share a volume: a new pod that
 * cannot mount the volume waits for an earlier pod to end, while that pod is kept until the new one is ready.
 * @see https://github.com/kubernetes/kubernetes/issues/115997
 */
import type { KubernetesFailure } from '../../../model/kubernetes-failure';
import type { VolumeClaim, Workload } from '../../../model/workload';
import { declareCheck } from '../../../plan/check';
import { readOptionalInside } from '../../../plan/optional-read';
import type { Workloads } from '../ports';
import { pass, unknown, warn } from './check';

const VOLUME = declareCheck('volume', {
  'volume.free': pass(),
  /** Only one node can mount the volume at a time. */
  'volume.one-node': warn<{ readonly claim: string }>('share-volume'),
  /** Only one pod can mount the volume at a time: a second one never starts. */
  'volume.one-pod': warn<{ readonly claim: string }>('share-volume'),
  'volume.unknown': unknown<{ readonly failure: KubernetesFailure }>(),
});

/**
 * Sends no request where pods share no volume, or where earlier and new pods do not overlap. @throws failures that
 * concern more than this check
 */
export async function volumeCheck(workloads: Workloads, workload: Workload, signal: AbortSignal) {
  if (workload.claims.length === 0 || !overlaps(workload)) return VOLUME.found('volume.free');
  const read = await readOptionalInside(() => workloads.claims(workload, signal));
  if (!read.known) return VOLUME.found('volume.unknown', { failure: read.why });
  const onePod = read.value.find((claim) => allowsAtMost(claim, 'ReadWriteOncePod'));
  if (onePod) return VOLUME.found('volume.one-pod', { claim: onePod.name });
  const oneNode = read.value.find((claim) => allowsAtMost(claim, 'ReadWriteOnce'));
  return oneNode ? VOLUME.found('volume.one-node', { claim: oneNode.name }) : VOLUME.found('volume.free');
}

/** Returns true if earlier pods and new ones run at the same time during a rollout. */
function overlaps({ kind, updateStrategy, replicas, maxSurge = '25%' }: Workload): boolean {
  if (kind !== 'Deployment' || updateStrategy === 'Recreate' || replicas === 0) return false;
  // Without a surge a pod ends before its successor starts, but the other pods keep running.
  return replicas > 1 || Number.parseFloat(String(maxSurge)) > 0;
}

function allowsAtMost({ accessModes }: VolumeClaim, mode: string): boolean {
  return accessModes.length > 0 && accessModes.every((one) => one === mode);
}
