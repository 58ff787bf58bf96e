/** The node groups of a cluster, and whether they may stay unchanged after the cluster's next upgrade. */
import type { EksCluster, Nodegroup } from '../../model/eks';
import { type Failure, failureOf } from '../../model/failure';
import { everyItem } from '../../model/page';
import type { Attention } from '../attention/attention';
import type { AttentionSource } from '../attention/attention-source';
import { type Skew, skewOf } from '../rules/versions';

export interface NodegroupReadiness {
  readonly nodegroup: Nodegroup;
  readonly attention: Attention;
  readonly skew: Skew;
  /**
   * The skew after the control plane's next upgrade if the group does not change; the present skew if there
   * is no next version.
   */
  readonly afterNext: Skew;
}

export interface NodegroupsRead {
  readonly read: readonly NodegroupReadiness[];
  /** Groups for which a request to AWS failed. */
  readonly unread: readonly { readonly nodegroup: string; readonly failure: Failure }[];
}

/** @throws the failure of ListNodegroups, cancellation, missing credentials. */
export async function readNodegroups(
  source: AttentionSource,
  cluster: EksCluster,
  next: string | undefined,
  signal: AbortSignal,
): Promise<NodegroupsRead> {
  const { eks } = source.ports;
  const read: NodegroupReadiness[] = [];
  const unread: { nodegroup: string; failure: Failure }[] = [];
  for await (const name of everyItem((page) => eks.listNodegroups(cluster.name, page, signal))) {
    try {
      const nodegroup = await eks.describeNodegroup(cluster.name, name, signal);
      const attention = await source.atNodegroup(nodegroup, cluster.version, signal);
      read.push({
        nodegroup,
        attention,
        skew: skewOf(cluster.version, nodegroup.version),
        afterNext: skewOf(next ?? cluster.version, nodegroup.version),
      });
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.kind !== 'aws') throw thrown;
      unread.push({ nodegroup: name, failure });
    }
  }
  return { read, unread };
}
