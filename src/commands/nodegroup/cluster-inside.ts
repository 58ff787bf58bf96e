/** Reads nodes, pods and budgets of clusters for commands and updates. */

import { seenThrough } from '../../drain/cluster-seen';
import type { NodeRecord } from '../../drain/node-record';
import { recordedProgress } from '../../drain/progress';
import type { Kubernetes } from '../../kubernetes/contract';
import type { Clock } from '../../model/clock';
import { isSamePath } from '../../model/same-path';
import type { NodesBefore } from '../../nodegroup/apply/send';
import { progressOf } from '../../nodegroup/inside/inside-facts';
import { nodeRelease } from '../../nodegroup/rules/node-release';
import type { Operation } from '../../operations/operation';
import { isOpen } from '../../view/messages/operation';
import type { ClusterSource } from '../../view/resources/source';
import type { Drains, Ports } from '../ports';
import { codeVersionsIn } from './code-versions';
import type { NodegroupPlace } from './place';

export function drainsIn(loadKubernetes: () => Promise<Kubernetes>, ports: Ports): Drains {
  return async (connection, cluster) => {
    const [kubernetes, { objects }] = await Promise.all([loadKubernetes(), ports(connection)]);
    const client = kubernetes.cluster(connection, cluster).interactive;
    return { api: client, logs: client, code: codeVersionsIn(objects) };
  };
}

/** Nodes and pods of clusters for the tree: watched while rows show, with the progress of updates from the ledger. */
export function clustersIn(
  loadKubernetes: () => Promise<Kubernetes>,
  operations: () => readonly Operation[],
  clock: Clock,
): ClusterSource {
  return {
    nodeRelease,
    watchCluster: (connection, cluster, changed, signal) => {
      const listener = seenThrough(changed, {
        now: () => clock.now(),
        updatedNodes: (nodegroup) => updatedNodes(operations(), connection.id, cluster, nodegroup),
      });
      loadKubernetes().then(
        (kubernetes) => kubernetes.cluster(connection, cluster).watch.watch(undefined, listener, signal),
        (thrown: unknown) => listener.interrupted(thrown),
      );
    },
  };
}

function updatedNodes(
  operations: readonly Operation[],
  connectionId: string,
  ...path: readonly string[]
): readonly NodeRecord[] | undefined {
  const running = operations.find(
    (operation) =>
      isOpen(operation) &&
      operation.subject.connectionId === connectionId &&
      isSamePath(operation.subject.path, path),
  );
  return running && progressOf(running)?.nodes;
}

/** The nodes that an update is to replace, read right before it is sent. */
export function nodesBefore(
  { connection, cluster, nodegroup }: NodegroupPlace,
  { drains, clock }: { readonly drains: Drains; readonly clock: Clock },
): NodesBefore {
  return async (signal) => {
    const { api } = await drains(connection, cluster);
    return recordedProgress(await api.nodes(nodegroup, signal), clock.now());
  };
}
