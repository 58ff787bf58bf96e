/** Makes new plans for the node groups of a batch whose updates did not succeed. */
import { connectionFromId } from '../../../model/connection';
import { VERSION_KIND } from '../../../nodegroup/apply/apply';
import type { NodegroupName } from '../../../nodegroup/several/outdated';
import { type BatchRowStatus, batchPlan } from '../../../operations/batch-plan';
import type { Operation } from '../../../operations/operation';
import type { NodegroupDeps } from '../deps';
import { updateSeveral } from './update-several';

export function isOfNodegroups(batch: Operation): boolean {
  return batchPlan(batch).rows.some(({ planned }) => planned.kind === VERSION_KIND);
}

/** @param rows the rows of the batch in their present state */
export async function updateRestAgain(
  batch: Operation,
  rows: readonly BatchRowStatus[],
  deps: NodegroupDeps,
): Promise<void> {
  const connection = connectionFromId(batch.subject.connectionId);
  const names = rows
    .filter(({ state }) => state !== 'succeeded')
    .flatMap(({ row }) => nameOf(row.planned.subject));
  await updateSeveral({ ...(connection && { connection }), ...(names.length > 0 && { names }) }, deps);
}

function nameOf({ path: [cluster, nodegroup] }: Operation['subject']): readonly NodegroupName[] {
  return cluster !== undefined && nodegroup !== undefined ? [{ cluster, nodegroup }] : [];
}
