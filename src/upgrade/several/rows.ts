/** The rows of a batch of node group updates: made of plans, and begun one by one. */
import type { BatchRow } from '../../operations/batch-plan';
import type { Journal, Subject } from '../../operations/operation';
import { applyUpdate, updateOperation } from '../apply';
import type { CheckId } from '../checks/check';
import type { Place } from '../place';
import { decisionOf } from '../plan';
import type { Eks } from '../ports';
import { readRecord, recordOf } from '../record';
import type { SeveralRow } from './plan';

export interface Runnable {
  /** For a `BatchPlan`, in the order of the plan. */
  readonly rows: readonly BatchRow[];
  /** Rows left out: without a plan, or blocked by these checks. */
  readonly leftOut: readonly { readonly row: SeveralRow; readonly blocks: readonly CheckId[] }[];
}

/**
 * The rows that may run, each with all that beginning it takes after a restart too.
 * @param passed checks that the user goes on past, for all rows
 */
export function runnableOf(rows: readonly SeveralRow[], passed: readonly CheckId[], place: Place): Runnable {
  const runnable: BatchRow[] = [];
  const leftOut: { row: SeveralRow; blocks: readonly CheckId[] }[] = [];
  for (const row of rows) {
    const decision = row.kind === 'planned' ? decisionOf(row.plan.checks, passed) : undefined;
    if (row.kind === 'planned' && decision?.kind === 'go') {
      const planned = updateOperation(recordOf(row.plan, passed), place);
      runnable.push({ key: row.key, group: row.group, planned });
    } else {
      leftOut.push({ row, blocks: decision && decision.kind !== 'go' ? decision.blocks : [] });
    }
  }
  return { rows: runnable, leftOut };
}

/**
 * What begins a row of a batch of node group updates: `BatchOptions.start`. It reads the plan from the row, so that it
 * also serves a batch that another window has begun.
 * @param eks the EKS of a row's connection
 */
export function rowStarter(
  eks: (subject: Subject) => Eks | Promise<Eks>,
): (row: BatchRow, journal: Journal, signal: AbortSignal) => Promise<void> {
  return async ({ planned }, journal, signal) =>
    applyUpdate(readRecord(planned.plan), await eks(planned.subject), journal, signal);
}
