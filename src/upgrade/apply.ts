/** Carries out the plan of a node group update. */
import type { Journal } from '../operations/operation';
import type { Eks } from './ports';
import type { PlanRecord } from './record';
import { type Sent, sendUpdate } from './send';

/** Kind of the operation, and of its follower. */
export const VERSION_KIND = 'nodegroup-version';

/**
 * Reads the node group once more and sends exactly the planned request, with a token of Slipway's own that is written
 * down first. A node group that changed since the plan ends the operation as `drifted`, with nothing sent.
 */
export function applyUpdate(
  { before, request }: PlanRecord,
  eks: Eks,
  journal: Journal,
  signal: AbortSignal,
): Promise<Sent> {
  return sendUpdate(
    {
      operation: 'UpdateNodegroupVersion',
      clusterName: request.clusterName,
      nodegroupName: request.nodegroupName,
      before,
      request: (clientRequestToken) => ({ ...request, clientRequestToken }),
      send: (body, stop) => eks.updateVersion(body, stop),
    },
    eks,
    journal,
    signal,
  );
}
