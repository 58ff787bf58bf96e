/** A check of a plan: what it found, how grave that is, and what helps. */
import type { Finding } from '../finding';
import type { FollowUp } from '../remedies/remedy';
import type { CheckCode, CheckFacts } from './facts';

/**
 * `confirm`: the plan waits until the user has agreed to go on past it. `block`: nobody can go on past it. `unknown`: it
 * could not be found out; the plan goes on.
 */
export type Verdict = 'pass' | 'warn' | 'confirm' | 'block' | 'unknown';

export type CheckId =
  | 'cluster-state'
  | 'nodegroup-state'
  | 'running-updates'
  | 'insights'
  | 'skew'
  | 'downgrade'
  | 'support'
  | 'ami-type'
  | 'release'
  | 'launch-template'
  | 'change'
  | 'free-addresses'
  | 'pace'
  | 'drain'
  | 'health'
  | 'managed-by';

export type Check = Finding<CheckFacts> & {
  readonly id: CheckId;
  readonly verdict: Verdict;
  readonly action?: FollowUp;
};

/** What each code means for the plan. Its remedy is part of the sentence that `view` has for the code. */
const TABLE: { readonly [C in CheckCode]: readonly [CheckId, Verdict, FollowUp?] } = {
  'cluster-active': ['cluster-state', 'pass'],
  'cluster-not-active': ['cluster-state', 'block', 'refresh'],
  'nodegroup-active': ['nodegroup-state', 'pass'],
  'nodegroup-degraded': ['nodegroup-state', 'warn', 'open-health-issues'],
  'nodegroup-not-active': ['nodegroup-state', 'block', 'refresh'],
  'no-update-running': ['running-updates', 'pass'],
  'update-running': ['running-updates', 'block', 'follow-running-update'],
  'updates-unknown': ['running-updates', 'unknown'],
  healthy: ['health', 'pass'],
  'health-issues': ['health', 'warn', 'open-health-issues'],
  'insights-passing': ['insights', 'pass'],
  'insights-warnings': ['insights', 'warn', 'show-insights'],
  'insights-errors': ['insights', 'confirm', 'show-insights'],
  'insights-unknown': ['insights', 'unknown'],
  'skew-equal': ['skew', 'pass'],
  'skew-behind': ['skew', 'warn', 'choose-again'],
  'skew-unknown': ['skew', 'unknown'],
  'skew-custom-ami': ['skew', 'unknown', 'show-launch-template'],
  'not-a-downgrade': ['downgrade', 'pass'],
  'downgrade-version': ['downgrade', 'warn', 'show-insights'],
  'downgrade-release': ['downgrade', 'warn', 'choose-again'],
  'downgrade-unknown': ['downgrade', 'unknown'],
  'support-standard': ['support', 'pass'],
  'support-ending': ['support', 'warn', 'choose-again'],
  'support-extended': ['support', 'warn', 'choose-again'],
  'support-ended': ['support', 'warn', 'choose-again'],
  'support-unlisted': ['support', 'unknown'],
  'support-unknown': ['support', 'unknown'],
  'ami-type-published': ['ami-type', 'pass'],
  'ami-type-ended': ['ami-type', 'warn', 'open-in-console'],
  'ami-type-cannot-follow': ['ami-type', 'warn', 'open-in-console'],
  'ami-type-unlisted': ['ami-type', 'unknown'],
  'ami-own': ['ami-type', 'pass'],
  'release-newest': ['release', 'pass'],
  'release-not-newest': ['release', 'warn', 'choose-again'],
  'release-unverified': ['release', 'unknown', 'choose-again'],
  'release-by-aws': ['release', 'pass'],
  'release-by-aws-unknown': ['release', 'unknown'],
  'release-not-published': ['release', 'warn', 'choose-again'],
  'release-own': ['release', 'pass'],
  'template-none': ['launch-template', 'pass'],
  'template-kept': ['launch-template', 'pass'],
  'template-version-gone': ['launch-template', 'warn', 'choose-again'],
  'template-kept-behind': ['launch-template', 'warn', 'choose-again'],
  'template-changes': ['launch-template', 'pass'],
  'template-older': ['launch-template', 'warn', 'choose-again'],
  'template-brings-ami': ['launch-template', 'warn', 'show-launch-template'],
  'template-drops-ami': ['launch-template', 'warn', 'show-launch-template'],
  'template-unknown': ['launch-template', 'unknown'],
  'template-unresolved': ['launch-template', 'unknown'],
  'something-changes': ['change', 'pass'],
  'nothing-changes': ['change', 'warn', 'choose-again'],
  'addresses-enough': ['free-addresses', 'pass'],
  'addresses-short': ['free-addresses', 'warn', 'show-subnets'],
  'addresses-short-in-zone': ['free-addresses', 'warn', 'show-subnets'],
  'addresses-not-needed': ['free-addresses', 'pass'],
  'addresses-unknown': ['free-addresses', 'unknown'],
  pace: ['pace', 'pass'],
  'pace-all-at-once': ['pace', 'warn', 'edit-update-settings'],
  'pace-terminates-first': ['pace', 'warn', 'edit-update-settings'],
  'pace-unknown': ['pace', 'unknown'],
  'drain-respects-budgets': ['drain', 'pass'],
  'drain-forced': ['drain', 'confirm', 'choose-again'],
  'managed-by-nobody': ['managed-by', 'pass'],
  'managed-by': ['managed-by', 'warn'],
};

/** The check that a finding amounts to. */
export function check(finding: Finding<CheckFacts>): Check {
  const [id, verdict, action] = TABLE[finding.code];
  return { ...finding, id, verdict, ...(action && { action }) };
}
