/** The past and running updates of a node group or a cluster, from ListUpdates and DescribeUpdate. */
import type { EksUpdate } from '../../model/eks';
import { allItems } from '../../model/page';
import type { Eks } from '../ports';

/**
 * At most this many updates are described, because each takes a request. The newest updates may be missing:
 * AWS does not tell which ids are the newest.
 */
export const MOST_UPDATES = 100;

export interface UpdateHistory {
  /** Newest first; updates without a time come last. */
  readonly updates: readonly EksUpdate[];
  /** How many updates AWS lists beyond those that were read. */
  readonly notRead: number;
}

/**
 * @param nodegroup undefined: updates of the cluster itself
 * @throws the failures of ListUpdates and DescribeUpdate
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
