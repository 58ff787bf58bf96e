/**
 * The cluster or node group that a command acts on, from a row, from an operation, or from the answers of a
 * wizard.
 */

import { type Connection, connectionFromId } from '../../model/connection';
import { present } from '../../model/present';
import type { Place } from '../../nodegroup/plan/place';
import type { Operation, Subject } from '../../operations/operation';
import type { ResourceNode } from '../../view/resources/node';
import { connectionNodeOf, keyOf, parentOf, type Row, type RowBelow } from '../../view/resources/row';
import type { PickedNodegroup } from '../pick/eks';
import { knownConnection, type Ports } from '../ports';

export interface ClusterPlace {
  readonly connection: Connection;
  readonly cluster: string;
}

export interface NodegroupPlace extends ClusterPlace {
  readonly nodegroup: string;
}

/** A node group, or one node of it. */
export interface DrainPlace extends NodegroupPlace {
  readonly node?: string;
}

/** The place for the row of a node group, of one of its nodes, or of a pod on such a node. */
export function drainPlaceOfRow(row: ResourceNode | undefined): DrainPlace | undefined {
  const node = row?.kind === 'pod' ? row.parent : row;
  if (node?.kind !== 'node') return placeOfRow(node);
  const group = placeOfRow(node.parent);
  return group && { ...group, node: node.node.name };
}

/** The cluster that the row shows, or to which it belongs; undefined if there is none. */
export function clusterOfRow(row: ResourceNode | undefined): ClusterPlace | undefined {
  for (let at: Row | undefined = row; at; at = parentOf(at)) {
    if (at.kind === 'eks-cluster') {
      const { connection } = connectionNodeOf(at);
      return { connection, cluster: keyOf(at as RowBelow) };
    }
  }
  return undefined;
}

export function placeOfRow(node: ResourceNode | undefined): NodegroupPlace | undefined {
  if (node?.kind !== 'nodegroup') return undefined;
  const { connection } = connectionNodeOf(node);
  return { connection, cluster: node.parent.name, nodegroup: node.name };
}

/** @throws refusal `no-such-connection` if the subject's `connectionId` is not the id of a connection */
export function placeOfSubject({ connectionId, path }: Subject): NodegroupPlace {
  const [cluster = '', nodegroup = ''] = path;
  return { connection: knownConnection(connectionId), cluster, nodegroup };
}

/** The node group of an operation; undefined for an operation that is not about a node group. */
export function placeOfOperation({ subject, kind }: Operation): NodegroupPlace | undefined {
  const connection = connectionFromId(subject.connectionId);
  const [cluster, nodegroup] = subject.path;
  return connection && kind.startsWith('nodegroup-') && cluster !== undefined && nodegroup !== undefined
    ? { connection, cluster, nodegroup }
    : undefined;
}

/** The node group that the user picked in a wizard. */
export function placeOfAnswers({ connection, eksCluster, nodegroup }: PickedNodegroup): NodegroupPlace {
  return { connection, cluster: eksCluster.name, nodegroup: nodegroup.name };
}

export function labelOf({ cluster, nodegroup, node }: Omit<DrainPlace, 'connection'>): string {
  return [cluster, nodegroup, ...(node === undefined ? [] : [node])].join(' / ');
}

/** The answers that a wizard need not ask for; cluster and node group are read again. */
export async function knownFromPlace(
  { connection, cluster, nodegroup }: NodegroupPlace,
  ports: Ports,
  signal: AbortSignal,
): Promise<PickedNodegroup> {
  const { eks } = await ports(connection);
  const [eksCluster, group] = await Promise.all([
    eks.describeCluster(cluster, signal),
    eks.describeNodegroup(cluster, nodegroup, signal),
  ]);
  return { connection, eksCluster, nodegroup: group };
}

/** The connection, region, author and origin that the ledger records for an operation. */
export async function ledgerPlace(connection: Connection, ports: Ports, origin?: string): Promise<Place> {
  const author = await (await ports(connection)).identities.whoAmI(new AbortController().signal);
  return {
    connectionId: connection.id,
    region: connection.region,
    author,
    ...present({ origin }),
  };
}
