/** A batch as data: its rows, how they may run, and the state of each. */

import type { Json } from '../model/json';
import { present } from '../model/present';
import { isOpen } from './fold';
import type { Operation, Outcome, PlannedOperation } from './operation';

/** Kind of the operation that is the parent of the operations of a batch's rows. It sends nothing itself. */
export const BATCH = 'batch';

/**
 * One operation that a batch carries out. `planned` contains everything that the operation needs, since the
 * window may be reloaded before the operation begins.
 */
export interface BatchRow {
  /** Unique in its batch. */
  readonly key: string;
  /** Rows of one group share a limit, e.g. the node groups of a cluster. */
  readonly group: string;
  readonly planned: Omit<PlannedOperation, 'parent' | 'row'>;
}

export interface BatchPlan {
  /**
   * In the order in which they begin, except that rows of other groups overtake a row whose group has reached
   * `perGroup`.
   */
  readonly rows: readonly BatchRow[];
  /**
   * At most `width` rows run at once, and at most `perGroup` of one group. A row runs until AWS has finished its
   * operation.
   */
  readonly width: number;
  readonly perGroup: number;
  /** Whether the batch begins further rows after a row has ended in any state but `succeeded` or `cancelled`. */
  readonly afterFailure: 'stop' | 'go-on';
  /** The first row runs alone, and the others wait for a click. If the first row does not succeed, the batch ends. */
  readonly canary: boolean;
  /** Further facts about the batch, such as its goal; the code that creates the batch decides their form. */
  readonly summary: Json;
}

/** `waiting`: not begun, or cancelled before anything was sent. `undecided`: the outcome is not known. */
export type RowState = 'waiting' | 'active' | 'succeeded' | 'failed' | 'undecided';

export interface BatchRowStatus {
  readonly row: BatchRow;
  readonly state: RowState;
  /** The last operation that was begun for the row. */
  readonly operation?: Operation;
}

/** The plan of an operation of kind {@link BATCH}. */
export function batchPlan(batch: Operation): BatchPlan {
  return batch.plan as unknown as BatchPlan;
}

/**
 * Returns true if the value has the rows and limits of a {@link BatchPlan}; other members are not checked.
 * @param isPlanned checks the planned operation of a row
 */
export function isBatchPlan(
  plan: unknown,
  isPlanned: (planned: Readonly<Record<string, unknown>>) => boolean,
): boolean {
  const { rows, width, perGroup } = recordOf(plan);
  return (
    Array.isArray(rows) &&
    [width, perGroup].every((limit) => typeof limit === 'number' && limit >= 1) &&
    rows.every((row: unknown) => {
      const { key, group, planned } = recordOf(row);
      return typeof key === 'string' && typeof group === 'string' && isPlanned(recordOf(planned));
    })
  );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return value instanceof Object ? { ...value } : {};
}

/** The state of each row, in the order of the rows. `operations`: newest first, as in the ledger. */
export function batchRows(batch: Operation, operations: readonly Operation[]): readonly BatchRowStatus[] {
  const children = operations.filter(({ parent }) => parent === batch.id);
  return batchPlan(batch).rows.map((row) => {
    const operation = children.find((child) => child.row === row.key);
    return { row, state: rowState(operation), ...present({ operation }) };
  });
}

export function countOf(rows: readonly BatchRowStatus[], state: RowState): number {
  return rows.filter((row) => row.state === state).length;
}

/** Returns true if no more rows may begin, because a row failed or its outcome is not known. */
export function mustStop(batch: Operation, rows: readonly BatchRowStatus[]): boolean {
  const { afterFailure, canary } = batchPlan(batch);
  // A canary (the first row) that failed or is undecided stops the batch, whatever `afterFailure` says. This is
  // checked even after the canary phase, since the canary may end while the batch waits for a click.
  return (afterFailure === 'stop' && rows.some(isBad)) || (canary && rows.slice(0, 1).some(isBad));
}

function isBad({ state }: BatchRowStatus): boolean {
  return state === 'failed' || state === 'undecided';
}

/** Returns true if no row runs and none will begin. */
export function isBatchOver(batch: Operation, rows: readonly BatchRowStatus[]): boolean {
  return countOf(rows, 'active') === 0 && (countOf(rows, 'waiting') === 0 || mustStop(batch, rows));
}

/** The outcome of a batch that begins no more rows. Facts: the number of rows in each state. */
export function batchOutcome(rows: readonly BatchRowStatus[]): Outcome {
  const states: readonly RowState[] = ['succeeded', 'failed', 'undecided', 'waiting', 'active'];
  const facts = Object.fromEntries(states.map((state) => [state, countOf(rows, state)]));
  if (facts['failed']) return { state: 'failed', facts };
  if (facts['undecided']) return { state: 'unknown', facts };
  return { state: facts['waiting'] || facts['active'] ? 'cancelled' : 'succeeded', facts };
}

function rowState(operation: Operation | undefined): RowState {
  if (operation === undefined || operation.state === 'cancelled') return 'waiting';
  if (isOpen(operation.state)) return 'active';
  switch (operation.state) {
    case 'succeeded':
      return 'succeeded';
    case 'unwatched':
    case 'unknown':
      return 'undecided';
    default:
      return 'failed';
  }
}
