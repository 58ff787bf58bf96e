/**
 * The plan of a node group update: the group's state before and after, the findings of the checks, and the
 * exact request.
 */

import type { Action } from '../../model/permissions';
import { present } from '../../model/present';
import { type Confirmation, confirmationsOf } from '../../plan/confirmation';
import { allChecks, type Check, type CheckId } from '../checks/all-checks';
import { bringsOwnAmi, type ChoiceProblem, choiceProblems, type UpdateChoice } from '../choice/choice';
import { templateOptions } from '../choice/options';
import type { VersionUpdateRequest } from '../ports';
import type { Situation } from '../reading/situation';
import { type NodegroupState, stateOf } from '../reading/state';
import { type RolloutEstimate, rolloutEstimate } from '../rules/rollout-estimate';
import { type Unsent, versionRequest } from './request';

/**
 * The node group after the update. Members that the plan cannot know are absent, such as a release that
 * AWS chooses.
 */
export interface NodegroupTarget {
  readonly version?: string;
  readonly releaseVersion?: string;
  readonly templateVersion?: number;
  /** True if the image comes from the launch template. */
  readonly ownAmi: boolean;
}

export interface NodegroupPlan {
  readonly arn: string;
  readonly before: NodegroupState;
  readonly after: NodegroupTarget;
  /** Checks of the same gravity are shown in this order. */
  readonly checks: readonly Check[];
  readonly confirmations: readonly Confirmation<CheckId>[];
  readonly pace: RolloutEstimate;
  readonly request: Unsent<VersionUpdateRequest>;
}

export type Planned =
  | { readonly valid: true; readonly plan: NodegroupPlan }
  | { readonly valid: false; readonly problems: readonly ChoiceProblem[] };

/** @param now epoch milliseconds */
export function planUpdate(situation: Situation, choice: UpdateChoice, now: number): Planned {
  const problems = choiceProblems(situation, choice);
  if (problems.length > 0) return { valid: false, problems };
  const { nodegroup, subnets } = situation;
  const pace = rolloutEstimate(nodegroup, subnets.known ? subnets.value : undefined);
  const checks = allChecks(situation, choice, pace, now);
  const plan = {
    arn: nodegroup.arn,
    before: stateOf(nodegroup),
    after: goalOf(situation, choice),
    checks,
    confirmations: confirmationsOf(checks, () => nodegroup.name),
    pace,
    request: versionRequest(situation, choice),
  };
  return { valid: true, plan };
}

function goalOf(situation: Situation, choice: UpdateChoice): NodegroupTarget {
  const templateVersion = choice.templateVersion ?? templateOptions(situation)?.current;
  return {
    ...present({ version: choice.version, releaseVersion: choice.release, templateVersion }),
    ownAmi: bringsOwnAmi(situation, choice.templateVersion),
  };
}

/** IAM actions that the user lacks and that some of the checks need for a result. */
export function missingActions(checks: readonly Check[]): readonly Action[] {
  const missing = new Set<Action>();
  for (const { facts } of checks) {
    if ('why' in facts && facts.why?.code === 'not-permitted') {
      for (const action of facts.why.actions) missing.add(action);
    }
  }
  return [...missing].sort();
}
