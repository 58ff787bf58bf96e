/** What on the rows of EKS needs attention: asked for after they show, so that no row waits for it. */
import type { Connection } from '../../model/connection';
import type { EksCluster, Nodegroup } from '../../model/eks';
import type { OptionalRead } from '../../plan/optional-read';
import type { Attention } from '../../upgrade/attention';
import type { Support } from '../../upgrade/support';
import { connectionNodeOf, type EksClusterNode, type EksNode } from './node';

/** Where the tree finds out; answers are kept there. */
export interface AttentionSource {
  cluster(
    connection: Connection,
    cluster: EksCluster,
    signal: AbortSignal,
  ): Promise<{ readonly attention: Attention; readonly support: OptionalRead<Support> }>;
  /** `controlPlane` undefined: the cluster could not be read. */
  nodegroup(
    connection: Connection,
    nodegroup: Nodegroup,
    controlPlane: string | undefined,
    signal: AbortSignal,
  ): Promise<Attention>;
  /** Whether there is anything to act on. */
  needs(attention: Attention): boolean;
  /** Asks AWS anew from here on; undefined: for all connections. */
  forget(connectionId?: string): void;
}

/** Fills in what needs attention on a row that has been described. */
export async function attend(node: EksNode, source: AttentionSource, signal: AbortSignal): Promise<void> {
  const { connection } = connectionNodeOf(node);
  if (node.kind === 'eks-cluster') {
    if (!node.cluster) return;
    const { attention, support } = await source.cluster(connection, node.cluster, signal);
    node.attention = attention;
    node.support = support;
  } else if (node.nodegroup) {
    const version = node.parent.cluster?.version;
    node.attention = await source.nodegroup(connection, node.nodegroup, version, signal);
  }
}

/** Whether enough is known to look: a node group is compared with its control plane. */
export function mayAttend(node: EksNode): boolean {
  return node.kind === 'eks-cluster'
    ? node.cluster !== undefined
    : node.nodegroup !== undefined && isRead(node.parent);
}

function isRead({ cluster, failure }: EksClusterNode): boolean {
  return cluster !== undefined || failure !== undefined;
}

/** How many of the rows that were looked at need attention. */
export interface AttentionCount {
  readonly needing: number;
  readonly looked: number;
}

export function countOf(nodes: Iterable<EksNode>, needs: AttentionSource['needs']): AttentionCount {
  let [needing, looked] = [0, 0];
  for (const { attention } of nodes) {
    if (!attention) continue;
    looked += 1;
    if (needs(attention)) needing += 1;
  }
  return { needing, looked };
}
