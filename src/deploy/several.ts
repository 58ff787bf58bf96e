/**
 * Deployments of one folder or zip to several targets, as a batch with a row for each agreed plan. The
 * batch survives a reload.
 */

import type { Json } from '../model/json';
import { present } from '../model/present';
import type { BatchPlan, BatchRow } from '../operations/batch-plan';
import type { PackRequest } from '../package/packer';
import { stopping } from '../plan/verdict';
import type { DeploymentPlan } from './plan/plan';
import { summaryOf } from './plan/summary';
import type { TargetKind, TargetKinds } from './port/target-kind';
import { memberOf, numberIn } from './reading-json';
import { refuse } from './refusal';

/** Everything that is needed to carry out one row of a batch. */
export interface PlannedRow {
  readonly plan: DeploymentPlan;
  readonly kind: TargetKind;
  /**
   * The request to pack the folder; absent for a zip that is already in S3. The reader of a virtual folder (`tree`)
   * does not survive a reload: it has to be made anew from `root` when the row is carried out.
   */
  readonly pack?: PackRequest;
}

const VERSION = 1;

/**
 * A batch that runs its rows one after the other, and stops at the first that ends badly. Code that several rows deploy
 * is stored once in each bucket.
 * @throws refused `same-target-twice`, `plan-blocked`.
 */
export function batchOf(rows: readonly PlannedRow[]): BatchPlan {
  const keys = rows.map(keyOf);
  const twice = rows.find((_, index) => keys.indexOf(keys[index] ?? '') !== index);
  if (twice !== undefined) throw refuse('same-target-twice', { label: twice.plan.subject.label });
  for (const { plan } of rows) {
    const checks = stopping(plan.checks, plan.passed).map(({ code }) => code);
    if (checks.length > 0) throw refuse('plan-blocked', { checks, label: plan.subject.label });
  }
  return {
    rows: rows.map(rowOf),
    width: 1,
    perGroup: 1,
    afterFailure: 'stop',
    canary: false,
    summary: { kind: rows[0]?.kind.operationKind, clusters: rows.map(({ plan }) => plan.subject.label) },
  };
}

/**
 * Reads a row of {@link batchOf}. @throws refused `operation-unreadable` for a row of another version or of an unknown
 * kind
 */
export function plannedRow({ planned }: BatchRow, kinds: TargetKinds): PlannedRow {
  const row = memberOf(planned.plan, 'row');
  const kind = kinds.ofOperation(planned);
  if (numberIn(row, 'v') !== VERSION || kind === undefined)
    throw refuse('operation-unreadable', { what: 'row' });
  // Not checked any further: `rowOf` below has written every row of this version.
  const { plan, pack } = row as unknown as Pick<PlannedRow, 'plan' | 'pack'>;
  // Rows of earlier versions of Slipway have no kind: the kind of the operation applies.
  return { kind, plan: { ...plan, kind: kind.id }, ...present({ pack }) };
}

function rowOf(planned: PlannedRow): BatchRow {
  const { plan, kind, pack } = planned;
  const { subject, author, origin } = plan;
  // Lists of files are left out: they would fill the ledger, and carrying out the plan does not need them.
  const lean: DeploymentPlan = { ...plan, changes: { kind: 'not-compared' }, leftOut: [] };
  // Written for earlier versions of Slipway, which read the target's name from these members of the plan.
  const names = kind.records.membersOf(subject.path);
  const row = { v: VERSION, plan: { ...lean, ...names }, ...present({ pack }) } as unknown as Json;
  return {
    key: keyOf(planned),
    group: subject.path[0] ?? '',
    planned: {
      kind: kind.operationKind,
      subject,
      author,
      plan: { ...(summaryOf(plan) as object), row },
      ...present({ origin }),
    },
  };
}

function keyOf({ kind, plan: { subject } }: PlannedRow): string {
  return [kind.id, subject.accountId, subject.region, ...subject.path].join('/');
}
