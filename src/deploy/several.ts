/** One folder or zip for several clusters: plans that were agreed to, as the rows of a batch that survives a reload. */
import type { Json } from '../model/json';
import type { BatchPlan, BatchRow } from '../operations/batch-plan';
import type { PackRequest } from '../package/packer';
import { stops } from '../plan/verdict';
import type { DeploymentPlan } from './plan/plan';
import { CODE_KIND, summaryOf } from './plan/summary';
import { memberOf, numberIn } from './reading-json';
import { refuse } from './refusal';

/** What carrying out one row needs. */
export interface PlannedRow {
  readonly plan: DeploymentPlan;
  /** Of a folder on disk; a folder of a virtual file system cannot be packed again after a reload. */
  readonly pack?: PackRequest;
}

const VERSION = 1;

/**
 * Rows in the order in which they are to run, one after the other, stopping at the first that does not end well. The
 * same code is stored once in each bucket: the later rows find it there. @throws refused `same-cluster-twice`,
 * `plan-blocked`.
 */
export function batchOf(rows: readonly PlannedRow[]): BatchPlan {
  const keys = rows.map(({ plan }) => keyOf(plan));
  const twice = rows.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
  if (twice !== undefined) throw refuse('same-cluster-twice', { label: twice.plan.subject.label });
  const blocked = rows.find(({ plan }) => plan.checks.some(stops));
  if (blocked !== undefined) throw refuse('plan-blocked', { label: blocked.plan.subject.label });
  return {
    rows: rows.map(rowOf),
    width: 1,
    perGroup: 1,
    afterFailure: 'stop',
    canary: false,
    summary: { kind: CODE_KIND, clusters: rows.map(({ plan }) => plan.subject.label) },
  };
}

/** What {@link batchOf} put into a row. @throws refused `operation-unreadable` for another version's row. */
export function plannedRow({ planned }: BatchRow): PlannedRow {
  const row = memberOf(planned.plan, 'row');
  if (numberIn(row, 'v') !== VERSION) throw refuse('operation-unreadable', { what: 'row' });
  // Written by this very version, by the function below.
  return row as unknown as PlannedRow;
}

function rowOf({ plan, pack }: PlannedRow): BatchRow {
  const { subject, author, environmentId, origin } = plan;
  // Lists of files are for readers, and would fill the ledger.
  const lean: DeploymentPlan = { ...plan, changes: { kind: 'not-compared' }, leftOut: [] };
  const row = { v: VERSION, plan: lean, ...(pack && { pack }) } as unknown as Json;
  return {
    key: keyOf(plan),
    group: environmentId,
    planned: {
      kind: CODE_KIND,
      subject,
      author,
      plan: { ...(summaryOf(plan) as object), row },
      ...(origin !== undefined && { origin }),
    },
  };
}

function keyOf({ subject }: DeploymentPlan): string {
  return [subject.accountId, subject.region, ...subject.path].join('/');
}
