/** Checks of the Kubernetes version after an update: skew, downgrade (also of the AMI release), support. */
import { present } from '../../model/present';
import { declareCheck } from '../../plan/check';
import type { OptionalRead, ReadFailure } from '../../plan/optional-read';
import { bringsOwnAmi, type UpdateChoice } from '../choice/choice';
import type { Situation } from '../reading/situation';
import { compareReleases } from '../rules/release-version';
import { supportOf } from '../rules/support';
import { compareVersions, skewOf } from '../rules/versions';
import { pass, unknown, warn } from './check';
import { type InsightFacts, insightsOf } from './insights';

interface ControlPlane {
  readonly controlPlane: string;
}

const SKEW = declareCheck('skew', {
  'skew-equal': pass<{ readonly version: string }>(),
  /** After the update, the nodes are older than the control plane, but within the allowed skew. */
  'skew-behind': warn<
    ControlPlane & { readonly version: string; readonly minors: number; readonly allowed: number }
  >('choose-again'),
  'skew-unknown': unknown<ControlPlane>(),
  'skew-custom-ami': unknown<ControlPlane>('show-launch-template'),
});

/**
 * Compares the nodes' Kubernetes version after the update with the control plane's. A version outside the
 * allowed skew is never offered, so a valid choice is the control plane's version or an older one.
 */
export function skew(situation: Situation, { version, templateVersion }: UpdateChoice) {
  const controlPlane = situation.cluster.version;
  if (bringsOwnAmi(situation, templateVersion)) {
    return SKEW.found('skew-custom-ami', { controlPlane });
  }
  const found = skewOf(controlPlane, version);
  if (version !== undefined && found.kind === 'equal') {
    return SKEW.found('skew-equal', { version });
  }
  return version !== undefined && found.kind === 'behind'
    ? SKEW.found('skew-behind', { version, controlPlane, minors: found.minors, allowed: found.allowed })
    : SKEW.found('skew-unknown', { controlPlane });
}

const DOWNGRADE = declareCheck('downgrade', {
  'not-a-downgrade': pass(),
  /** `insights`: the insights on rollback readiness. */
  'downgrade-version': warn<{
    readonly from: string;
    readonly to: string;
    readonly insights: OptionalRead<InsightFacts>;
  }>('show-insights'),
  'downgrade-release': warn<{ readonly from: string; readonly to: string }>('choose-again'),
  'downgrade-unknown': unknown<{ readonly from?: string; readonly to: string }>(),
});

/**
 * A downgrade causes a warning and no refusal: the API's documentation says that a node group cannot be rolled back,
 * but newer guides roll node groups back before the control plane.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html
 */
export function downgrade(situation: Situation, choice: UpdateChoice) {
  const { nodegroup } = situation;
  if (choice.version === undefined) return DOWNGRADE.found('not-a-downgrade');
  const order = compareVersions(choice.version, nodegroup.version);
  if (nodegroup.version === undefined || order === undefined) {
    return DOWNGRADE.found('downgrade-unknown', { to: choice.version });
  }
  if (order < 0) {
    return DOWNGRADE.found('downgrade-version', {
      from: nodegroup.version,
      to: choice.version,
      insights: insightsOf(situation.insights, 'ROLLBACK_READINESS'),
    });
  }
  return order > 0 ? DOWNGRADE.found('not-a-downgrade') : releaseDowngrade(situation, choice);
}

function releaseDowngrade({ nodegroup }: Situation, { release: to }: UpdateChoice) {
  const from = nodegroup.releaseVersion;
  if (to === undefined || to === from) return DOWNGRADE.found('not-a-downgrade');
  const order = from === undefined ? undefined : compareReleases(nodegroup.amiType, to, from);
  if (from === undefined || order === undefined) {
    return DOWNGRADE.found('downgrade-unknown', { ...(from !== undefined && { from }), to });
  }
  return order < 0 ? DOWNGRADE.found('downgrade-release', { from, to }) : DOWNGRADE.found('not-a-downgrade');
}

/** Times are epoch milliseconds. */
interface Supported {
  readonly version: string;
  readonly until?: number;
}

const SUPPORT = declareCheck('support', {
  'support-standard': pass<Supported>(),
  'support-ending': warn<Supported>('choose-again'),
  'support-extended': warn<Supported>('choose-again'),
  'support-ended': warn<{ readonly version: string; readonly since?: number }>('choose-again'),
  'support-unlisted': unknown<{ readonly version: string }>(),
  'support-unknown': unknown<{ readonly why: ReadFailure }>(),
});

/**
 * Checks the support of the version after the update or, if the launch template sets the AMI, of the control
 * plane's version.
 */
export function support(situation: Situation, choice: UpdateChoice, now: number) {
  const version = choice.version ?? situation.cluster.version;
  if (!situation.versions.known) {
    return SUPPORT.found('support-unknown', { why: situation.versions.why });
  }
  const found = supportOf(version, situation.versions.value, now);
  switch (found.kind) {
    case 'standard': {
      const facts = { version, ...(found.until !== undefined && { until: found.until }) };
      return found.ending ? SUPPORT.found('support-ending', facts) : SUPPORT.found('support-standard', facts);
    }
    case 'extended':
      return SUPPORT.found('support-extended', {
        version,
        ...present({ until: found.until }),
      });
    case 'ended':
      return SUPPORT.found('support-ended', {
        version,
        ...present({ since: found.since }),
      });
    case 'unlisted':
      return SUPPORT.found('support-unlisted', { version });
  }
}
