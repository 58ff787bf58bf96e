/** The rows of the last batch: the next batch proposes them again, in the same order. */

import type * as vscode from 'vscode';
import { present } from '../../../model/present';
import { BATCH, batchPlan } from '../../../operations/batch-plan';
import type { Operation } from '../../../operations/operation';
import { plannedBy, targetKinds } from '../../target-kinds';
import type { UsedTarget } from '../targets/target-input';
import { isOfFolders } from '../usual-answers';

export interface LastRow extends UsedTarget {
  readonly connectionId: string;
}

/**
 * All rows of the newest batch in which at least one row deployed a folder of this workspace; empty if there
 * is no such batch.
 * @param operations newest first
 * @param folders the folders of the workspace; if there are none, any folder counts
 */
export function lastBatch(
  operations: readonly Operation[],
  folders: readonly vscode.Uri[],
): readonly LastRow[] {
  for (const operation of operations) {
    if (operation.kind !== BATCH) continue;
    const { rows } = batchPlan(operation);
    const read = rows.flatMap(({ planned }) => {
      const kind = targetKinds.ofOperation(planned);
      const summary = plannedBy(planned);
      return kind && summary ? [{ planned, kind, summary }] : [];
    });
    if (!read.some(({ summary: { root } }) => root !== undefined && isOfFolders(root, folders))) continue;
    return read.map(({ planned: { subject }, kind, summary: { target, root } }) => ({
      connectionId: subject.connectionId,
      kind: kind.id,
      path: subject.path,
      ...present({ target, root }),
    }));
  }
  return [];
}
