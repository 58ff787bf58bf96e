/** Checks of the Kubernetes version that a node group is brought to: skew, way back, support. */
import { bringsOwnAmi, type UpdateChoice } from '../choice';
import { compareReleases } from '../release-version';
import type { Situation } from '../situation';
import { supportOf } from '../support';
import { compareVersions, skewOf } from '../versions';
import { type Check, check } from './check';
import { insightsOf } from './insights';

/** A version that breaks the skew is never offered, so a valid choice is equal to the control plane or behind it. */
export function skew(situation: Situation, { version, templateVersion }: UpdateChoice): Check {
  const controlPlane = situation.cluster.version;
  if (bringsOwnAmi(situation, templateVersion)) {
    return check({ code: 'skew-custom-ami', facts: { controlPlane } });
  }
  const found = skewOf(controlPlane, version);
  if (version !== undefined && found.kind === 'equal') {
    return check({ code: 'skew-equal', facts: { version } });
  }
  return version !== undefined && found.kind === 'behind'
    ? check({
        code: 'skew-behind',
        facts: { version, controlPlane, minors: found.minors, allowed: found.allowed },
      })
    : check({ code: 'skew-unknown', facts: { controlPlane } });
}

/**
 * Going back is warned about, not refused: the API's text says that a node group cannot be rolled back, newer guides
 * roll node groups back before the control plane.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html
 */
export function downgrade(situation: Situation, choice: UpdateChoice): Check {
  const { nodegroup } = situation;
  if (choice.version === undefined) return check({ code: 'not-a-downgrade', facts: {} });
  const order = compareVersions(choice.version, nodegroup.version);
  if (nodegroup.version === undefined || order === undefined) {
    return check({ code: 'downgrade-unknown', facts: { to: choice.version } });
  }
  if (order < 0) {
    const insights = insightsOf(situation.insights, 'ROLLBACK_READINESS');
    return check({
      code: 'downgrade-version',
      facts: {
        from: nodegroup.version,
        to: choice.version,
        ...(insights.known ? { insights: insights.value } : { why: insights.why }),
      },
    });
  }
  return order > 0 ? check({ code: 'not-a-downgrade', facts: {} }) : releaseDowngrade(situation, choice);
}

function releaseDowngrade({ nodegroup }: Situation, { release: to }: UpdateChoice): Check {
  const from = nodegroup.releaseVersion;
  if (to === undefined || to === from) return check({ code: 'not-a-downgrade', facts: {} });
  const order = from === undefined ? undefined : compareReleases(nodegroup.amiType, to, from);
  if (from === undefined || order === undefined) {
    return check({ code: 'downgrade-unknown', facts: { ...(from !== undefined && { from }), to } });
  }
  return order < 0
    ? check({ code: 'downgrade-release', facts: { from, to } })
    : check({ code: 'not-a-downgrade', facts: {} });
}

/** Support of the version after the update; where the launch template brings the AMI, of the control plane's. */
export function support(situation: Situation, choice: UpdateChoice, now: number): Check {
  const version = choice.version ?? situation.cluster.version;
  if (!situation.versions.known) {
    return check({ code: 'support-unknown', facts: { why: situation.versions.why } });
  }
  const found = supportOf(version, situation.versions.value, now);
  switch (found.kind) {
    case 'standard': {
      const facts = { version, ...(found.until !== undefined && { until: found.until }) };
      return found.ending
        ? check({ code: 'support-ending', facts })
        : check({ code: 'support-standard', facts });
    }
    case 'extended':
      return check({
        code: 'support-extended',
        facts: { version, ...(found.until !== undefined && { until: found.until }) },
      });
    case 'ended':
      return check({
        code: 'support-ended',
        facts: { version, ...(found.since !== undefined && { since: found.since }) },
      });
    case 'unlisted':
      return check({ code: 'support-unlisted', facts: { version } });
  }
}
