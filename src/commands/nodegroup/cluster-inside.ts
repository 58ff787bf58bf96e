/** Reads nodes, pods and budgets of clusters for commands, updates and the tree. */

import type { ObjectStore } from '../../deploy/ports';
import { seenThrough } from '../../drain/cluster-seen';
import type { NodeRecord } from '../../drain/node-record';
import type { CodeVersions } from '../../drain/ports';
import { recordedProgress } from '../../drain/progress';
import type { Kubernetes } from '../../kubernetes/contract';
import type { Clock } from '../../model/clock';
import { isReason } from '../../model/failure';
import { isSamePath } from '../../model/same-path';
import type { NodesBefore } from '../../nodegroup/apply/send';
import { progressOf } from '../../nodegroup/inside/inside-facts';
import { nodeRelease } from '../../nodegroup/rules/release-version';
import type { Operation } from '../../operations/operation';
import { isOpen } from '../../view/messages/operation';
import type { ClusterSource } from '../../view/resources/source';
import type { Drains, Ports } from '../ports';
import type { NodegroupPlace } from './place';

export function drainsIn(loadKubernetes: () => Promise<Kubernetes>, ports: Ports): Drains {
  return async (connection, cluster) => {
    const [kubernetes, { objects }] = await Promise.all([loadKubernetes(), ports(connection)]);
    const client = kubernetes.cluster(connection, cluster).interactive;
    return { api: client, logs: client, code: codeVersionsIn(objects) };
  };
}

/**
 * Nodes and pods of clusters for the tree: watched while their rows are visible, with the progress of updates from the
 * ledger.
 */
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

/** The nodes that an update will replace, read right before the update is sent. */
export function nodesBefore(
  { connection, cluster, nodegroup }: NodegroupPlace,
  { drains, clock }: { readonly drains: Drains; readonly clock: Clock },
): NodesBefore {
  return async (signal) => {
    const { api } = await drains(connection, cluster);
    return recordedProgress(await api.nodes(nodegroup, signal), clock.now());
  };
}

/**
 * Tells whether the code that pods name is still in S3. Code at any other address is not checked, and never counts as
 * missing.
 */
export function codeVersionsIn(objects: Pick<ObjectStore, 'head'>): CodeVersions {
  return {
    exists: async (uri, version, signal) => {
      const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? [];
      if (bucket === undefined || key === undefined) return true;
      try {
        const at = { bucket, key, ...(version !== undefined && { versionId: version }) };
        return (await objects.head(at, signal)) !== undefined;
      } catch (thrown) {
        if (isReason(thrown, 'not-found')) return false;
        throw thrown;
      }
    },
  };
}
