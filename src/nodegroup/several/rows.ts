/** Builds the rows of a batch of node group updates from plans, and begins a row. */
import type { BatchRow } from '../../operations/batch-plan';
import type { Journal, Subject } from '../../operations/operation';
import { type Decision, decisionOf } from '../../plan/verdict';
import { applyUpdate, updateOperation } from '../apply/apply';
import type { NodesBefore } from '../apply/send';
import type { CheckId } from '../checks/all-checks';
import type { Place } from '../plan/place';
import { readRecord, recordOf } from '../plan/record';
import type { Eks } from '../ports';
import type { SeveralRow } from './plan';

export interface Runnable {
  /** Rows for a `BatchPlan`, in the order of the plan. */
  readonly rows: readonly BatchRow[];
  readonly leftOut: readonly LeftOutRow[];
}

/**
 * A row without a plan, or whose plan is blocked by a check or needs an override that the user has not given.
 */
export interface LeftOutRow {
  readonly row: SeveralRow;
  /** Absent if there is no plan. */
  readonly decision?: Exclude<Decision<CheckId>, { readonly kind: 'go' }>;
}

/**
 * Divides the rows of a plan into those that may run and those that are left out. A row that may run contains
 * everything that is needed to begin it, even after a restart.
 * @param passed checks that the user overrides for all rows
 */
export function runnableOf(rows: readonly SeveralRow[], passed: readonly CheckId[], place: Place): Runnable {
  const runnable: BatchRow[] = [];
  const leftOut: LeftOutRow[] = [];
  for (const row of rows) {
    if (row.kind === 'not-planned') {
      leftOut.push({ row });
      continue;
    }
    const decision = decisionOf(row.plan.checks, passed);
    if (decision.kind === 'go') {
      const planned = updateOperation(recordOf(row.plan, passed), place);
      runnable.push({ key: row.key, group: row.group, planned });
    } else {
      leftOut.push({ row, decision });
    }
  }
  return { rows: runnable, leftOut };
}

/**
 * Returns the function that begins a row of a batch of node group updates, for `BatchOptions.start`. The
 * function reads the plan from the row, so that it can also continue a batch that another window began.
 * @param eks returns the EKS client for the subject of a row
 */
export function rowStarter(
  eks: (subject: Subject) => Eks | Promise<Eks>,
  nodesBefore?: (subject: Subject) => NodesBefore,
): (row: BatchRow, journal: Journal, signal: AbortSignal) => Promise<void> {
  return async ({ planned }, journal, signal) =>
    applyUpdate(
      readRecord(planned.plan),
      await eks(planned.subject),
      journal,
      signal,
      nodesBefore?.(planned.subject),
    );
}
