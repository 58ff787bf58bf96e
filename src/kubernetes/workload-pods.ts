/** The API resource of each kind of workload, and a function that reads the pods of one workload. */
import { present } from '../model/present';
import type { Workload, WorkloadKind, WorkloadPod } from '../model/workload';
import { workloadPods } from './answers/workload-pod';
import type { ClusterCaller } from './cluster-caller';
import { listAll } from './list';
import { RESOURCES, type Resource, selectorText } from './request';

export const WORKLOAD_RESOURCES: Readonly<Record<WorkloadKind, Resource>> = {
  Deployment: RESOURCES.deployments,
  StatefulSet: RESOURCES.statefulSets,
};

/**
 * The pods of a workload. A StatefulSet is the controller of its pods; the controller of a Deployment's pods
 * is a ReplicaSet, whose name consists of the Deployment's name and the template's hash, which is also a
 * label of the pod.
 */
export async function podsOf(
  client: ClusterCaller,
  { kind, namespace, name, uid, selector }: Workload,
  signal: AbortSignal,
): Promise<readonly WorkloadPod[]> {
  const query = {
    resource: RESOURCES.pods,
    place: { namespace },
    ...present({ labelSelector: selectorText(selector) }),
  };
  const { items } = await listAll(client, query, workloadPods, signal);
  return items
    .filter(({ controller, pod }) =>
      kind === 'StatefulSet'
        ? controller?.uid === uid
        : controller?.kind === 'ReplicaSet' && controller.name === `${name}-${pod.revision}`,
    )
    .map(({ pod }) => pod);
}
