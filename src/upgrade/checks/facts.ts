/** Everything that the checks of a plan can find, with the facts of each. */
import type { HealthIssue, Insight, Subnet } from '../../model/eks';
import type { CannotFollow } from '../ami';
import type { NoFacts } from '../finding';
import type { Unknown } from '../known';
import type { Manager } from '../managers';
import type { Pace } from '../pace';

export interface StateFacts {
  'cluster-active': NoFacts;
  'cluster-not-active': { readonly cluster: string; readonly status: string };
  'nodegroup-active': NoFacts;
  'nodegroup-degraded': { readonly issues: number };
  'nodegroup-not-active': { readonly status: string };
  'no-update-running': NoFacts;
  'update-running': { readonly updates: readonly { readonly id: string; readonly type: string }[] };
  'updates-unknown': { readonly why: Unknown };
  healthy: NoFacts;
  'health-issues': { readonly issues: readonly HealthIssue[] };
}

export interface InsightFacts {
  readonly errors: readonly Insight[];
  readonly warnings: readonly Insight[];
  /** Insights whose own status is `UNKNOWN`, or one that is not known yet. */
  readonly undecided: readonly Insight[];
  readonly passing: number;
}

export interface ReadinessFacts {
  'insights-passing': InsightFacts;
  'insights-warnings': InsightFacts;
  'insights-errors': InsightFacts;
  'insights-unknown': { readonly why: Unknown };
}

/** Epoch milliseconds. */
interface SupportFacts {
  readonly version: string;
  readonly until?: number;
}

export interface VersionFacts {
  'skew-equal': { readonly version: string };
  /** Older than the control plane also after the update, within what is allowed. */
  'skew-behind': {
    readonly version: string;
    readonly controlPlane: string;
    readonly minors: number;
    readonly allowed: number;
  };
  'skew-unknown': { readonly controlPlane: string };
  'skew-custom-ami': { readonly controlPlane: string };
  'not-a-downgrade': NoFacts;
  'downgrade-version': {
    readonly from: string;
    readonly to: string;
    readonly insights?: InsightFacts;
    readonly why?: Unknown;
  };
  'downgrade-release': { readonly from: string; readonly to: string };
  'downgrade-unknown': { readonly from?: string; readonly to?: string };
  'support-standard': SupportFacts;
  'support-ending': SupportFacts;
  'support-extended': SupportFacts;
  'support-ended': { readonly version: string; readonly since?: number };
  'support-unlisted': { readonly version: string };
  'support-unknown': { readonly why: Unknown };
}

export interface ImageFacts {
  'ami-type-published': { readonly amiType: string };
  'ami-type-ended': { readonly amiType: string; readonly endedOn: number; readonly lastVersion: string };
  /** In place of `ami-type-ended`. */
  'ami-type-cannot-follow': CannotFollow;
  'ami-type-unlisted': { readonly amiType: string };
  'ami-own': NoFacts;
  'release-newest': { readonly release: string };
  'release-not-newest': { readonly release: string; readonly newest: string };
  /** Typed, and the newest release is not known or cannot be compared. */
  'release-unverified': { readonly release: string; readonly newest?: string; readonly why?: Unknown };
  /** Left to AWS, which takes the newest: by all that is known, this one. */
  'release-by-aws': { readonly newest: string };
  'release-by-aws-unknown': { readonly why: Unknown };
  'release-not-published': { readonly amiType: string; readonly version: string };
  'release-own': NoFacts;
  'template-none': NoFacts;
  'template-kept': { readonly version: number };
  /** The version in use was deleted from the template. */
  'template-version-gone': { readonly version: number };
  'template-kept-behind': { readonly version: number; readonly latest: number };
  'template-changes': { readonly from?: number; readonly to: number };
  'template-older': { readonly from: number; readonly to: number };
  'template-brings-ami': { readonly to: number; readonly imageId: string };
  'template-drops-ami': { readonly to: number };
  'template-unknown': { readonly why: Unknown };
  'template-unresolved': { readonly version?: string };
  'something-changes': NoFacts;
  'nothing-changes': NoFacts;
}

export interface RolloutFacts {
  'addresses-enough': { readonly extraNodes: number; readonly free: number };
  'addresses-short': {
    readonly extraNodes: number;
    readonly free: number;
    readonly subnets: readonly Subnet[];
  };
  /** Enough in all, and a zone has fewer than its two new nodes may need. */
  'addresses-short-in-zone': { readonly extraNodes: number; readonly subnets: readonly Subnet[] };
  'addresses-not-needed': NoFacts;
  'addresses-unknown': { readonly extraNodes?: number; readonly why?: Unknown };
  pace: { readonly pace: Pace };
  'pace-all-at-once': { readonly pace: Pace };
  'pace-terminates-first': { readonly pace: Pace };
  'pace-unknown': { readonly pace: Pace };
  'drain-respects-budgets': { readonly drainMinutes: number };
  'drain-forced': { readonly drainMinutes: number };
  'managed-by-nobody': NoFacts;
  'managed-by': { readonly managers: readonly Manager[] };
}

export interface CheckFacts extends StateFacts, ReadinessFacts, VersionFacts, ImageFacts, RolloutFacts {}

export type CheckCode = keyof CheckFacts;
