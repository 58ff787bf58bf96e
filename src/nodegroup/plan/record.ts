/**
 * A plan as the ledger keeps it: the state that must still hold, the request, and the checks that the user has seen.
 */
import type { Json } from '../../model/json';
import { decisionOf, type Verdict } from '../../plan/verdict';
import type { CheckCode, CheckId } from '../checks/all-checks';
import type { VersionUpdateRequest } from '../ports';
import type { NodegroupState } from '../reading/state';
import type { Range } from '../rules/rollout-estimate';
import type { NodegroupPlan, NodegroupTarget } from './plan';
import { refuse } from './refusal';
import type { Unsent } from './request';

export interface PlanRecord {
  readonly arn: string;
  readonly before: NodegroupState;
  readonly after: NodegroupTarget;
  readonly checks: readonly { readonly id: CheckId; readonly code: CheckCode; readonly verdict: Verdict }[];
  /** Checks that the user went on past. */
  readonly passed: readonly CheckId[];
  readonly request: Unsent<VersionUpdateRequest>;
  /** Rough minutes that the update takes; absent if not known, and in records of earlier versions. */
  readonly minutes?: Range;
}

/**
 * The record of a plan that may run.
 * @param passed checks that the user goes on past
 * @throws refusal `update-blocked` (facts: `checks`) while checks block it.
 */
export function recordOf(plan: NodegroupPlan, passed: readonly CheckId[] = []): PlanRecord {
  const decision = decisionOf(plan.checks, passed);
  if (decision.kind !== 'go') throw refuse('update-blocked', { checks: decision.checks });
  const { arn, before, after, request, pace } = plan;
  const checks = plan.checks.map(({ id, code, verdict }) => ({ id, code, verdict }));
  return { arn, before, after, checks, passed, request, ...(pace.minutes && { minutes: pace.minutes }) };
}

/** The record as the ledger stores it. */
export function recordJson(record: object): Json {
  return JSON.parse(JSON.stringify(record));
}

/**
 * Reads back what {@link recordJson} wrote of a plan, so that a batch goes on after a restart.
 * @throws refusal `record-not-readable` for anything else, another version's record included.
 */
export function readRecord(json: Json): PlanRecord {
  const stored = json as Partial<PlanRecord> | null;
  const { before, request } = stored ?? {};
  if (
    typeof stored?.arn !== 'string' ||
    typeof before?.status !== 'string' ||
    typeof before.amiType !== 'string' ||
    typeof request?.clusterName !== 'string' ||
    typeof request.nodegroupName !== 'string' ||
    !Array.isArray(stored.checks)
  ) {
    throw refuse('record-not-readable');
  }
  return stored as PlanRecord;
}

/** The minutes that a plan expected, from what the ledger holds of it; undefined for any other plan. */
export function plannedMinutes(plan: Json): Range | undefined {
  const { minutes } = (plan instanceof Object ? plan : {}) as Partial<PlanRecord>;
  return typeof minutes?.least === 'number' && typeof minutes.most === 'number' ? minutes : undefined;
}
