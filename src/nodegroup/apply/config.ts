/** Changes the update settings of a node group: how many nodes an update replaces at once, and in which order. */
import type { UpdateConfig } from '../../model/eks';
import type { Journal, PlannedOperation } from '../../operations/operation';
import { type Confirmation, confirmationsOf } from '../../plan/confirmation';
import { decisionOf } from '../../plan/verdict';
import type { Check, CheckId } from '../checks/all-checks';
import { managedBy, paceCheck } from '../checks/rollout';
import { clusterState, health, nodegroupState, runningUpdates } from '../checks/state';
import { type ConfigChoice, type ConfigProblem, configOf, configProblems } from '../choice/config-choice';
import { operationOf, type Place } from '../plan/place';
import { refuse } from '../plan/refusal';
import type { Unsent } from '../plan/request';
import type { ConfigUpdateRequest, Eks } from '../ports';
import type { Situation } from '../reading/situation';
import { type NodegroupState, stateOf } from '../reading/state';
import { type RolloutEstimate, rolloutEstimate } from '../rules/rollout-estimate';
import { sendUpdate } from './send';

/** Kind of the operation, and of its follower. */
export const CONFIG_KIND = 'nodegroup-config';

/** The part of a situation that the plan of new settings needs. */
export type ConfigSituation = Pick<Situation, 'cluster' | 'nodegroup' | 'running' | 'subnets'>;

export interface ConfigPlan {
  readonly arn: string;
  readonly before: NodegroupState;
  readonly after: UpdateConfig;
  /** How the next update would run with the present settings, and with the new ones. */
  readonly pace: { readonly before: RolloutEstimate; readonly after: RolloutEstimate };
  readonly checks: readonly Check[];
  readonly confirmations: readonly Confirmation<CheckId>[];
  readonly request: Unsent<ConfigUpdateRequest>;
}

export type ConfigPlanned =
  | { readonly valid: true; readonly plan: ConfigPlan }
  | { readonly valid: false; readonly problems: readonly ConfigProblem[] };

export function planConfig(situation: ConfigSituation, choice: ConfigChoice): ConfigPlanned {
  const { nodegroup } = situation;
  const problems = configProblems(nodegroup, choice);
  if (problems.length > 0) return { valid: false, problems };
  const after = configOf(nodegroup, choice);
  const subnets = situation.subnets.known ? situation.subnets.value : undefined;
  const pace = {
    before: rolloutEstimate(nodegroup, subnets),
    after: rolloutEstimate({ ...nodegroup, updateConfig: after }, subnets),
  };
  const checks = [
    clusterState(situation),
    nodegroupState(situation),
    runningUpdates(situation),
    health(situation),
    paceCheck(pace.after),
    managedBy(situation),
  ];
  const plan = {
    arn: nodegroup.arn,
    before: stateOf(nodegroup),
    after,
    pace,
    checks,
    confirmations: confirmationsOf<Check>(checks, () => nodegroup.name),
    request: { clusterName: nodegroup.clusterName, nodegroupName: nodegroup.name, updateConfig: after },
  };
  return { valid: true, plan };
}

/** The part of the plan that the ledger keeps. */
export type ConfigRecord = Pick<ConfigPlan, 'arn' | 'before' | 'after' | 'request'>;

/**
 * The operation of a planned change of settings.
 * @param passed checks that the user overrides
 * @throws refusal `update-blocked` (facts: `checks`) if checks block the plan, or wait for the user's
 * agreement
 */
export function configOperation(
  plan: ConfigPlan,
  place: Place,
  passed: readonly CheckId[] = [],
): PlannedOperation {
  const decision = decisionOf(plan.checks, passed);
  if (decision.kind !== 'go') throw refuse('update-blocked', { checks: decision.checks });
  const { arn, before, after, request } = plan;
  const path = [request.clusterName, request.nodegroupName] as const;
  const kept: ConfigRecord = { arn, before, after, request };
  return operationOf(CONFIG_KIND, path, kept, place);
}

/** As `applyUpdate`, for UpdateNodegroupConfig. */
export function applyConfig(
  planned: ConfigRecord,
  eks: Eks,
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  const send: Eks['updateConfig'] = (body, stop) => eks.updateConfig(body, stop);
  return sendUpdate({ operation: 'UpdateNodegroupConfig', planned, send }, eks, journal, signal);
}
