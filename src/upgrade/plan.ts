/** The plan of a node group update: what is there, what will be there, what speaks against it, what exactly is sent. */

import type { Check, CheckId, Verdict } from './checks/check';
import { amiType, change, launchTemplate, release } from './checks/images';
import { insights } from './checks/insights';
import { drain, freeAddresses, managedBy, paceCheck } from './checks/rollout';
import { clusterState, health, nodegroupState, runningUpdates } from './checks/state';
import { downgrade, skew, support } from './checks/versions';
import { bringsOwnAmi, type ChoiceProblem, choiceProblems, type UpdateChoice } from './choice';
import type { IamAction } from './known';
import { templateOptions } from './options';
import { type Pace, paceOf } from './pace';
import type { VersionUpdateRequest } from './ports';
import { type Unsent, versionRequest } from './request';
import type { Situation } from './situation';
import { type NodegroupState, stateOf } from './state';

/** What the node group will have. What is absent is not known before AWS has chosen it. */
export interface NodegroupGoal {
  readonly version?: string;
  readonly releaseVersion?: string;
  readonly templateVersion?: number;
  /** The image is the launch template's own. */
  readonly ownAmi: boolean;
}

export interface NodegroupPlan {
  readonly arn: string;
  readonly before: NodegroupState;
  readonly after: NodegroupGoal;
  /** In the order in which they are shown. */
  readonly checks: readonly Check[];
  readonly pace: Pace;
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
  const pace = paceOf(nodegroup, subnets.known ? subnets.value : undefined);
  const plan = {
    arn: nodegroup.arn,
    before: stateOf(nodegroup),
    after: goalOf(situation, choice),
    checks: [
      clusterState(situation),
      nodegroupState(situation),
      runningUpdates(situation),
      health(situation),
      change(situation, choice),
      skew(situation, choice),
      downgrade(situation, choice),
      support(situation, choice, now),
      amiType(situation, choice),
      release(situation, choice),
      launchTemplate(situation, choice),
      insights(situation),
      freeAddresses(situation, pace),
      paceCheck(pace),
      drain(choice),
      managedBy(situation),
    ],
    pace,
    request: versionRequest(situation, choice),
  };
  return { valid: true, plan };
}

function goalOf(situation: Situation, choice: UpdateChoice): NodegroupGoal {
  const templateVersion = choice.templateVersion ?? templateOptions(situation)?.current;
  return {
    ...(choice.version !== undefined && { version: choice.version }),
    ...(choice.release !== undefined && { releaseVersion: choice.release }),
    ...(templateVersion !== undefined && { templateVersion }),
    ownAmi: bringsOwnAmi(situation, choice.templateVersion),
  };
}

/** What a plan's checks come to: it may run, it may run once the user goes on past `checks`, or they forbid it. */
export type Decision =
  | { readonly kind: 'go' }
  | { readonly kind: 'ask' | 'stop'; readonly checks: readonly CheckId[] };

/** @param passed checks that the user goes on past */
export function decisionOf(checks: readonly Check[], passed: readonly CheckId[] = []): Decision {
  const idsOf = (verdict: Verdict): readonly CheckId[] =>
    checks.filter((check) => check.verdict === verdict).map(({ id }) => id);
  const blocks = idsOf('block');
  if (blocks.length > 0) return { kind: 'stop', checks: blocks };
  const open = idsOf('confirm').filter((id) => !passed.includes(id));
  return open.length > 0 ? { kind: 'ask', checks: open } : { kind: 'go' };
}

/** IAM actions whose absence left a check unknown. */
export function missingActions(checks: readonly Check[]): readonly IamAction[] {
  const missing = new Set<IamAction>();
  for (const { facts } of checks) {
    if ('why' in facts && facts.why?.code === 'not-permitted') missing.add(facts.why.action);
  }
  return [...missing].sort();
}
