/** Updates of a node group that are under way, whoever started them. */
import type { EksUpdate, Nodegroup } from '../model/eks';
import { readHistory } from './history';
import { ask, type Known } from './known';
import type { Eks } from './ports';

/** Newest first. */
export function runningUpdates(
  eks: Eks,
  nodegroup: Nodegroup,
  signal: AbortSignal,
): Promise<Known<readonly EksUpdate[]>> {
  return ask(async () => {
    const { updates } = await readHistory(eks, nodegroup.clusterName, nodegroup.name, signal);
    return updates.filter((update) => update.status === 'InProgress');
  });
}
