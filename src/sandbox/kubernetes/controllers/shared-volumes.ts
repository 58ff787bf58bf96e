/** Volumes that only one node, or one pod, can use at a time: other pods wait until the volume is free. */
import { isFinished, type Pod } from '../kinds';
import type { KubeObject } from '../kube-object';
import type { ObjectStore } from '../object-store';
import type { Happening } from './event-recorder';
import type { PodIndex } from './pod-index';

interface Parts {
  readonly store: ObjectStore;
  readonly pods: PodIndex;
}

/**
 * The event that reports why one of the pod's volumes cannot be attached, in the words of the attach/detach
 * controller; undefined if all of them can be attached.
 * @see
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/volume/attachdetach/reconciler/reconciler.go
 */
export function multiAttachError({ store, pods }: Parts, pod: Pod): Happening | undefined {
  const { namespace } = pod.metadata;
  for (const name of claimsIn(pod)) {
    const claim = store.get('persistentvolumeclaims', namespace, name);
    if (!claim || !modesOf(claim).every((mode) => mode.startsWith('ReadWriteOnce'))) continue;
    const users = usersOf(name, pod, pods).filter(({ spec }) => spec.nodeName !== pod.spec.nodeName);
    if (users.length === 0) continue;
    const volume = (claim['spec'] as { readonly volumeName?: string }).volumeName ?? `pvc-${name}`;
    const names = users.map(({ metadata }) => metadata.name).join(', ');
    return {
      type: 'Warning',
      reason: 'FailedAttachVolume',
      message: `Multi-Attach error for volume "${volume}" Volume is already used by pod(s) ${names}`,
      by: 'attachdetach-controller',
    };
  }
  return undefined;
}

/**
 * Why no node may run the pod, in kube-scheduler's words; undefined if each of its ReadWriteOncePod claims is free.
 * @see
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go
 */
export function claimOfOtherPod({ store, pods }: Parts, pod: Pod): string | undefined {
  const isTaken = claimsIn(pod).some((name) => {
    const claim = store.get('persistentvolumeclaims', pod.metadata.namespace, name);
    return claim && modesOf(claim).includes('ReadWriteOncePod') && usersOf(name, pod, pods).length > 0;
  });
  return isTaken
    ? 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod'
    : undefined;
}

interface Volume {
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

function claimsIn({ spec }: Pod): readonly string[] {
  const volumes = (spec['volumes'] ?? []) as readonly Volume[];
  return volumes.flatMap(({ persistentVolumeClaim: claim }) => (claim ? [claim.claimName] : []));
}

/** The other pods that use the claim, are on a node and have not ended. */
function usersOf(claim: string, { metadata: { namespace = '', uid } }: Pod, pods: PodIndex): readonly Pod[] {
  return pods
    .inNamespace(namespace)
    .filter(({ metadata, spec }) => metadata.uid !== uid && spec.nodeName !== undefined)
    .filter((other) => claimsIn(other).includes(claim) && !isFinished(other));
}

function modesOf({ spec }: KubeObject): readonly string[] {
  return (spec as { readonly accessModes?: readonly string[] }).accessModes ?? [];
}
