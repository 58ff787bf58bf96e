/** The workloads of a cluster: those of all namespaces, or of the namespaces that the caller may read. */
import { atFirstUse } from '../model/cache';
import { type Failure, failed, failureOf, isKubernetesReason } from '../model/failure';
import { present } from '../model/present';
import type { SeenWorkload, SeenWorkloads } from '../model/seen-workload';
import { members } from '../model/shape';
import type { Workload, WorkloadKind } from '../model/workload';
import { isSettled } from '../model/workload-state';
import { type Metadata, metadata, type ObjectReader, objectOf } from './answers/object';
import { workloadsOf } from './answers/workload';
import type { ClusterCaller } from './cluster-caller';
import { listAll } from './list';
import { RESOURCES } from './request';
import { podsOf, WORKLOAD_RESOURCES } from './workload-pods';

const namespaces: ObjectReader<ReturnType<typeof objectOf>> = {
  shape: members({ metadata }),
  read: ({ metadata: about }: { readonly metadata: Metadata }) => objectOf(about),
};

/** The items that could be read; `unread`: why some items may be missing, or may lack their pods. */
interface Part<T> {
  readonly items: readonly T[];
  readonly unread?: Failure;
}

/**
 * Deployments and StatefulSets, with the pods of those that are not settled.
 * @param known namespaces that the caller knows: if workloads may not be listed in the whole cluster,
 * these are read in addition to the namespaces that the cluster lists
 * @throws the failure if neither kind may be listed in the whole cluster, and no workload was found in
 * single namespaces
 */
export async function listWorkloads(
  client: ClusterCaller,
  known: readonly string[],
  signal: AbortSignal,
): Promise<SeenWorkloads> {
  const readable = readableNamespaces(client, known, signal);
  const [deployments, statefulSets] = await Promise.all([
    ofKind(client, 'Deployment', readable, signal),
    ofKind(client, 'StatefulSet', readable, signal),
  ]);
  const listed = [...deployments.items, ...statefulSets.items];
  if (listed.length === 0 && deployments.unread && statefulSets.unread) throw failed(deployments.unread);
  const seen = await Promise.all(listed.map((workload) => withPods(client, workload, signal)));
  const unread = [deployments, statefulSets, ...seen].find((part) => part.unread !== undefined)?.unread;
  return {
    workloads: seen.flatMap(({ items }) => items).sort(byPlace),
    ...present({ unread }),
  };
}

function byPlace({ workload: a }: SeenWorkload, { workload: b }: SeenWorkload): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name) || compare(a.kind, b.kind);
}

/** Compares by code units, so that the order is the same everywhere. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Returns a function that gives the names of the namespaces to read. The names are requested when the
 * function is first called.
 */
function readableNamespaces(
  client: ClusterCaller,
  known: readonly string[],
  signal: AbortSignal,
): () => Promise<readonly string[]> {
  return atFirstUse(async () => {
    try {
      const { items } = await listAll(client, { resource: RESOURCES.namespaces }, namespaces, signal);
      return [...new Set([...items.map(({ name }) => name), ...known])];
    } catch (thrown) {
      forbidden(thrown);
      return known;
    }
  });
}

/** Lists a kind namespace by namespace if the caller may not list it in the whole cluster. */
async function ofKind(
  client: ClusterCaller,
  kind: WorkloadKind,
  readable: () => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<Part<Workload>> {
  const list = async (namespace?: string): Promise<readonly Workload[]> => {
    const query = {
      resource: WORKLOAD_RESOURCES[kind],
      ...(namespace !== undefined && { place: { namespace } }),
    };
    return (await listAll(client, query, workloadsOf(kind), signal)).items;
  };
  try {
    return { items: await list() };
  } catch (thrown) {
    const unread = forbidden(thrown);
    const parts = (await readable()).map((namespace) =>
      list(namespace).catch((refused: unknown): readonly Workload[] => {
        forbidden(refused);
        return [];
      }),
    );
    return { items: (await Promise.all(parts)).flat(), unread };
  }
}

/**
 * Returns the failure of a missing right.
 * @throws any other failure, since a list that could not be read is not an empty list
 */
function forbidden(thrown: unknown): Failure {
  if (!isKubernetesReason(thrown, 'forbidden')) throw thrown;
  return failureOf(thrown);
}

async function withPods(
  client: ClusterCaller,
  workload: Workload,
  signal: AbortSignal,
): Promise<Part<SeenWorkload>> {
  if (isSettled(workload)) return { items: [{ workload }] };
  try {
    return { items: [{ workload, pods: await podsOf(client, workload, signal) }] };
  } catch (thrown) {
    return { items: [{ workload }], unread: forbidden(thrown) };
  }
}
