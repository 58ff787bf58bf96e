/** Carries out the plan of a node group update. */
import type { Journal, PlannedOperation } from '../../operations/operation';
import { operationOf, type Place } from '../plan/place';
import type { PlanRecord } from '../plan/record';
import type { Eks, VersionUpdateRequest } from '../ports';
import { type NodesBefore, sendUpdate } from './send';

/** Kind of the operation, and of its follower. */
export const VERSION_KIND = 'nodegroup-version';

/** The operation that carries out a planned update: the ledger begins it, or a batch stores it as a row. */
export function updateOperation(record: PlanRecord, place: Place): PlannedOperation {
  const { clusterName, nodegroupName } = record.request;
  return operationOf(VERSION_KIND, [clusterName, nodegroupName], record, place);
}

/**
 * Reads the node group once more and sends exactly the planned request, with a token that the ledger stores
 * before the request is sent. @throws before anything is sent: refused `drift` if the node group changed since
 * the plan or was created again, and `account-changed` if it belongs to another account; `runOperation` handles
 * both
 */
export function applyUpdate(
  planned: PlanRecord,
  eks: Eks,
  journal: Journal,
  signal: AbortSignal,
  nodesBefore?: NodesBefore,
): Promise<void> {
  const sending = {
    operation: 'UpdateNodegroupVersion',
    planned,
    send: (body: VersionUpdateRequest, stop: AbortSignal) => eks.updateVersion(body, stop),
    // The nodes are not read again if the plan could not read them: another failed try would only delay the update.
    ...(nodesBefore && !planned.checks.some(({ code }) => code === 'drain-unknown') && { nodesBefore }),
  } as const;
  return sendUpdate(sending, eks, journal, signal);
}
