/** Changes of workloads, and the deletion of single pods. */
import { text as textOf } from 'node:stream/consumers';
import type { PodRef } from '../drain/ports';
import { isKubernetesReason } from '../model/failure';
import type { Workload } from '../model/kubernetes';
import { readObject } from './answers/object';
import { workloads } from './answers/workload';
import type { ClusterCaller } from './cluster-caller';
import type { WorkloadApi, WorkloadPatch, WorkloadRef } from './contract';
import { type Asked, type Place, RESOURCES, type Resource } from './request';

/** Who owns the fields that Slipway applies. */
const MANAGER = 'slipway';

const KINDS: Readonly<Record<WorkloadRef['kind'], Resource>> = {
  Deployment: RESOURCES.deployments,
  StatefulSet: RESOURCES.statefulSets,
};

export function workloadApiOf(client: ClusterCaller): WorkloadApi {
  const asWorkload = (asked: Asked, change: boolean, signal: AbortSignal): Promise<Workload> =>
    client.send(asked, { signal, change }, async (answer) => readObject(await textOf(answer), workloads, ''));
  return {
    read: (ref, signal) =>
      asWorkload({ verb: 'get', resource: KINDS[ref.kind], place: placeOf(ref) }, false, signal),
    apply: (ref, patch, signal) => asWorkload(applied(ref, patch), patch.dryRun !== true, signal),
    deletePod: (pod, signal) => deletePod(client, pod, signal),
  };
}

function placeOf({ namespace, name }: { readonly namespace: string; readonly name: string }): Place {
  return { namespace, name };
}

/**
 * Server-side apply of the annotations alone; what else the workload is stays its owners'.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
function applied(ref: WorkloadRef, patch: WorkloadPatch): Asked {
  const { uid, resourceVersion, annotations, dryRun = false, force = false } = patch;
  const body = {
    apiVersion: 'apps/v1',
    kind: ref.kind,
    metadata: { name: ref.name, namespace: ref.namespace, uid, ...(resourceVersion && { resourceVersion }) },
    spec: { template: { metadata: { annotations } } },
  };
  return {
    verb: 'patch',
    resource: KINDS[ref.kind],
    place: placeOf(ref),
    query: {
      fieldManager: MANAGER,
      fieldValidation: 'Strict',
      force: String(force),
      ...(dryRun && { dryRun: 'All' }),
    },
    body: { type: 'application/apply-patch+yaml', text: JSON.stringify(body) },
  };
}

/** With the pod's own grace period: its uid keeps another one of its name from being meant. */
async function deletePod(
  client: ClusterCaller,
  pod: PodRef,
  signal: AbortSignal,
): Promise<'deleted' | 'gone'> {
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: pod.uid } };
  try {
    await client.send(
      {
        verb: 'delete',
        resource: RESOURCES.pods,
        place: placeOf(pod),
        body: { type: 'application/json', text: JSON.stringify(body) },
      },
      { signal, change: true },
      textOf,
    );
    return 'deleted';
  } catch (thrown) {
    if (isKubernetesReason(thrown, 'not-found') || isKubernetesReason(thrown, 'conflict')) return 'gone';
    throw thrown;
  }
}
