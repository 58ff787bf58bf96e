/** Volumes that one node can have at a time: a pod on another node waits until those that use them are gone. */
import type { Pod } from '../kinds';
import type { KubeObject } from '../kube-object';
import type { ObjectStore } from '../object-store';
import type { Happening } from './event-recorder';
import type { PodIndex } from './pod-index';

interface Parts {
  readonly store: ObjectStore;
  readonly pods: PodIndex;
}

/**
 * As the attach/detach controller tells it; undefined where the pod can have all of its volumes.
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/volume/attachdetach/reconciler/reconciler.go
 */
export function multiAttachError({ store, pods }: Parts, pod: Pod): Happening | undefined {
  const { namespace = '', uid } = pod.metadata;
  for (const name of claimsIn(pod)) {
    const claim = store.get('persistentvolumeclaims', namespace, name);
    if (!claim || !isForOneNode(claim)) continue;
    const users = pods
      .inNamespace(namespace)
      .filter((other) => other.metadata.uid !== uid && other.spec.nodeName !== undefined)
      .filter((other) => other.spec.nodeName !== pod.spec.nodeName && claimsIn(other).includes(name))
      .filter(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed');
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

interface Volume {
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

function claimsIn({ spec }: Pod): readonly string[] {
  const volumes = (spec['volumes'] ?? []) as readonly Volume[];
  return volumes.flatMap(({ persistentVolumeClaim: claim }) => (claim ? [claim.claimName] : []));
}

function isForOneNode({ spec }: KubeObject): boolean {
  const { accessModes = [] } = spec as { readonly accessModes?: readonly string[] };
  return accessModes.length > 0 && accessModes.every((mode) => mode.startsWith('ReadWriteOnce'));
}
