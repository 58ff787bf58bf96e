/** The running update of a node group, whoever started it. */
import type { EksUpdate, Nodegroup } from '../../model/eks';
import { allItems } from '../../model/page';
import { known, type OptionalRead, readOptional, unknown } from '../../plan/optional-read';
import type { Eks } from '../ports';
import type { Unknown } from '../rules/unknown';
import { MOST_UPDATES } from './history';

/**
 * Takes the place of `MOST_UPDATES` while EKS says that an update runs. It is higher, because the running
 * update may be the last in the list.
 */
export const MOST_WHILE_UPDATING = 500;

export interface RunningUpdate {
  /** Undefined if none of the updates that were read is running. */
  readonly update?: EksUpdate;
  /** How many updates AWS lists beyond those that were read; 0 if a running update was found. */
  readonly notRead: number;
}

/**
 * Reads updates until a running one is found, or the limit is reached. EKS runs only one update of a node
 * group at a time.
 * @throws the failures of ListUpdates and DescribeUpdate
 */
export async function findRunning(
  eks: Eks,
  { clusterName, name, status }: Nodegroup,
  signal: AbortSignal,
): Promise<RunningUpdate> {
  const ids = await allItems((next) => eks.listUpdates(clusterName, name, next, signal));
  const most = status === 'UPDATING' ? MOST_WHILE_UPDATING : MOST_UPDATES;
  for (const id of ids.slice(0, most)) {
    const update = await eks.describeUpdate(clusterName, name, id, signal);
    if (update.status === 'InProgress') return { update, notRead: 0 };
  }
  return { notRead: Math.max(0, ids.length - most) };
}

/**
 * The running update as a list of at most one. Unknown if the updates could not be read, or if none of those
 * that were read is running and AWS lists more.
 */
export async function runningUpdates(
  eks: Eks,
  nodegroup: Nodegroup,
  signal: AbortSignal,
): Promise<OptionalRead<readonly EksUpdate[], Unknown>> {
  const found = await readOptional(() => findRunning(eks, nodegroup, signal));
  if (!found.known) return found;
  const { update, notRead } = found.value;
  if (update) return known([update]);
  return notRead === 0 ? known([]) : unknown({ code: 'not-all-read', notRead });
}
