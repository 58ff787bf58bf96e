/**
 * For tests: those workloads of a cluster that may carry code. Each comes with the code that it requests,
 * the apply requests that the API server accepted, and the code that its pods run.
 */
import type { LogStore } from '../logs/log-store';
import type { JsonObject } from '../protocols/operation';
import type { KubernetesCluster } from './cluster-api';
import { isOwnedBy } from './controllers/owners';
import type { Labels, Pod, Workload } from './kinds';
import type { KubeObject } from './kube-object';

export interface WorkloadState {
  readonly namespace: string;
  /** Kind and name, such as `statefulset/rdb`. */
  readonly workload: string;
  /** Annotations of the workload's pod template. */
  readonly annotations: Labels;
  /**
   * Bodies of Slipway's apply requests that the API server has carried out, oldest first; dry runs are left
   * out.
   */
  readonly applies: readonly JsonObject[];
  readonly pods: readonly PodState[];
}

interface PodState {
  readonly uid: string;
  readonly name: string;
  readonly ready: boolean;
  /**
   * The message of the pod's first init container, which says what was unpacked; absent until that container
   * has succeeded.
   */
  readonly unpacked?: string;
}

/**
 * The StatefulSets and Deployments whose template has an init container; no other workload can carry code.
 */
export function workloadStates(cluster: KubernetesCluster, logs: LogStore): readonly WorkloadState[] {
  const applies = appliesTo(cluster, logs);
  return ['statefulsets', 'deployments'].flatMap((resource) =>
    cluster.store
      .list(resource)
      .map((object) => object as Workload)
      .filter(({ spec }) => (spec.template.spec.initContainers ?? []).length > 0)
      .map((workload) => {
        const { namespace = '', name = '' } = workload.metadata;
        const path = `/apis/apps/v1/namespaces/${namespace}/${resource}/${name}?`;
        return {
          namespace,
          workload: `${resource.slice(0, -1)}/${name}`,
          annotations: workload.spec.template.metadata?.annotations ?? {},
          applies: applies.filter(({ uri }) => uri.startsWith(path)).map(({ body }) => body),
          pods: podsOf(cluster, workload),
        };
      }),
  );
}

interface Apply {
  readonly uri: string;
  readonly body: JsonObject;
}

function appliesTo({ identity }: KubernetesCluster, logs: LogStore): readonly Apply[] {
  const events = logs.events(identity.region, `/aws/eks/${identity.name}/cluster`) ?? [];
  return events
    .filter(({ message }) => message.includes('fieldManager=slipway'))
    .map(({ message }) => JSON.parse(message) as Audited)
    .filter(({ requestURI, responseStatus }) => responseStatus.code < 300 && !requestURI.includes('dryRun='))
    .map(({ requestURI: uri, requestObject: body }) => ({ uri, body }));
}

/** The fields of an audit log entry that are read here. */
interface Audited {
  readonly requestURI: string;
  readonly requestObject: JsonObject;
  readonly responseStatus: { readonly code: number };
}

function podsOf({ store }: KubernetesCluster, workload: KubeObject): readonly PodState[] {
  const { namespace } = workload.metadata;
  const sets = store.list('replicasets', namespace).filter((set) => isOwnedBy(set, workload));
  return store
    .list('pods', namespace)
    .filter((pod) => [workload, ...sets].some((owner) => isOwnedBy(pod, owner)))
    .map((pod) => podState(pod as Pod));
}

function podState({ metadata: { uid, name }, status }: Pod): PodState {
  const ended = status?.initContainerStatuses?.[0]?.state.terminated;
  return {
    uid,
    name,
    ready: status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false,
    ...(ended?.exitCode === 0 && ended.message !== undefined && { unpacked: ended.message.trim() }),
  };
}
