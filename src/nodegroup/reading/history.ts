/** The updates that a node group or a cluster has seen, from ListUpdates and DescribeUpdate. */
import type { EksUpdate } from '../../model/eks';
import { allItems } from '../../model/page';
import type { Eks } from '../ports';

/** Most updates that are described: each takes a request, and AWS does not say which ids are the newest. */
export const MOST_UPDATES = 100;

export interface UpdateHistory {
  /** Newest first; those without a time last. */
  readonly updates: readonly EksUpdate[];
  /** How many updates AWS lists beyond those that were read. */
  readonly notRead: number;
}

/**
 * @param nodegroup undefined: updates of the cluster itself
 * @throws what ListUpdates and DescribeUpdate throw.
 */
export async function readHistory(
  eks: Eks,
  cluster: string,
  nodegroup: string | undefined,
  signal: AbortSignal,
): Promise<UpdateHistory> {
  const ids = await allItems((next) => eks.listUpdates(cluster, nodegroup, next, signal));
  const updates: EksUpdate[] = [];
  for (const id of ids.slice(0, MOST_UPDATES)) {
    updates.push(await eks.describeUpdate(cluster, nodegroup, id, signal));
  }
  updates.sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
  return { updates, notRead: Math.max(0, ids.length - MOST_UPDATES) };
}
