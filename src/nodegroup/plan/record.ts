/**
 * The form in which the ledger keeps a plan: the node group's state, which must still be the same when the plan runs,
 * the request, and the checks that the user has seen.
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
  /** Checks that the user has overridden. */
  readonly passed: readonly CheckId[];
  readonly request: Unsent<VersionUpdateRequest>;
  /** Rough minutes for the update; absent if not known, and in records of earlier versions. */
  readonly minutes?: Range;
}

/**
 * The record of a plan that may run.
 * @param passed checks that the user overrides
 * @throws refusal `update-blocked` (facts: `checks`) while `checks` block the plan, or need a confirmation
 * and are not in `passed`
 */
export function recordOf(plan: NodegroupPlan, passed: readonly CheckId[] = []): PlanRecord {
  const decision = decisionOf(plan.checks, passed);
  if (decision.kind !== 'go') throw refuse('update-blocked', { checks: decision.checks });
  const { arn, before, after, request, pace } = plan;
  const checks = plan.checks.map(({ id, code, verdict }) => ({ id, code, verdict }));
  return { arn, before, after, checks, passed, request, ...(pace.minutes && { minutes: pace.minutes }) };
}

/** The record of a plan or request as the ledger stores it: without undefined members. */
export function recordJson(record: object): Json {
  return JSON.parse(JSON.stringify(record));
}

/**
 * Reads a plan that {@link recordJson} wrote, so that a batch continues after a restart.
 * @throws refusal `record-not-readable` for anything that lacks the essential members of a plan
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

/** The minutes that a plan expects, from its record in the ledger; undefined if the record contains no estimate. */
export function plannedMinutes(plan: Json): Range | undefined {
  const { minutes } = (plan instanceof Object ? plan : {}) as Partial<PlanRecord>;
  return typeof minutes?.least === 'number' && typeof minutes.most === 'number' ? minutes : undefined;
}

/** Whether the request of a plan, from its record in the ledger, asks EKS to end pods that do not leave. */
export function isForced(plan: Json): boolean {
  const { request } = (plan instanceof Object ? plan : {}) as Partial<PlanRecord>;
  return request?.force === true;
}
