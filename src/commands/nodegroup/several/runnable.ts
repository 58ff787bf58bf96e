/** The answers of "Update Several Node Groups…", and the rows of its batch. */
import * as l10n from '@vscode/l10n';
import type { CheckId } from '../../../nodegroup/checks/all-checks';
import type { Goal } from '../../../nodegroup/choice/options';
import type { Place } from '../../../nodegroup/plan/place';
import type { SeveralRow } from '../../../nodegroup/several/plan';
import { type Runnable, runnableOf } from '../../../nodegroup/several/rows';
import { type How, inOrder, type PlannedRow } from './how';
import type { NamesAnswers } from './names';

export interface SeveralAnswers extends NamesAnswers {
  readonly goal: Goal;
  readonly force: boolean;
  readonly place: Place;
  readonly rows: readonly SeveralRow[];
  /** Checks that the user overrides for all rows. */
  readonly passed: readonly CheckId[];
  readonly how: How;
}

export function plannedIn(rows: readonly SeveralRow[]): readonly PlannedRow[] {
  return rows.filter((row) => row.kind === 'planned');
}

/**
 * The rows that may run, and those that are left out. If `how` is given, the rows that may run are in the
 * order in which they begin.
 */
export function runnableIn({
  rows,
  passed,
  place,
  how,
}: Pick<SeveralAnswers, 'rows' | 'passed' | 'place'> & Partial<Pick<SeveralAnswers, 'how'>>): Runnable {
  const runnable = runnableOf(rows, passed, place);
  return how ? { ...runnable, rows: inOrder(runnable.rows, plannedIn(rows), how) } : runnable;
}

export function clustersOf(rows: Runnable['rows']): readonly string[] {
  return [...new Set(rows.map(({ group }) => group))];
}

/**
 * The label of a batch, such as `12 node groups of trading-prod`; for a single row, the label of its node
 * group.
 */
export function severalLabel(rows: Runnable['rows']): string {
  const clusters = clustersOf(rows);
  const [only] = rows;
  if (rows.length === 1 && only) return only.planned.subject.label;
  return clusters.length === 1
    ? l10n.t('{0} node groups of {1}', { 0: rows.length, 1: clusters.join('') })
    : l10n.t('{0} node groups of {1} clusters', { 0: rows.length, 1: clusters.length });
}
