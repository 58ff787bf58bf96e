/**
 * Checks of the AMI type, release and launch template of new nodes, and whether the update changes anything.
 */
import type { LaunchTemplateVersion } from '../../model/eks';
import { declareCheck } from '../../plan/check';
import type { ReadFailure } from '../../plan/optional-read';
import { bringsOwnAmi, type UpdateChoice } from '../choice/choice';
import { type TemplateOptions, templateOptions } from '../choice/options';
import type { Situation } from '../reading/situation';
import { amiEnd, amiFamily, type CannotFollow, cannotFollow } from '../rules/ami';
import { releaseStanding } from '../rules/release-version';
import type { Unknown } from '../rules/unknown';
import { pass, unknown, warn } from './check';

const AMI_TYPE = declareCheck('ami-type', {
  'ami-type-published': pass<{ readonly amiType: string }>(),
  'ami-type-ended': warn<{
    readonly amiType: string;
    /** Epoch milliseconds. */
    readonly endedOn: number;
    readonly lastVersion: string;
  }>('open-in-console'),
  /** Takes the place of `ami-type-ended` if the AMI type has no release for the control plane's version. */
  'ami-type-cannot-follow': warn<CannotFollow>('open-in-console'),
  'ami-type-unlisted': unknown<{ readonly amiType: string }>(),
  'ami-own': pass(),
});

export function amiType(situation: Situation, { templateVersion }: UpdateChoice) {
  if (bringsOwnAmi(situation, templateVersion)) return AMI_TYPE.found('ami-own');
  const type = situation.nodegroup.amiType;
  const behind = cannotFollow(type, situation.cluster.version);
  if (behind) return AMI_TYPE.found('ami-type-cannot-follow', behind);
  const end = amiEnd(type);
  if (end) {
    const { endedOn, lastVersion } = end;
    return AMI_TYPE.found('ami-type-ended', { amiType: type, endedOn, lastVersion });
  }
  return amiFamily(type) === undefined
    ? AMI_TYPE.found('ami-type-unlisted', { amiType: type })
    : AMI_TYPE.found('ami-type-published', { amiType: type });
}

interface ChosenRelease {
  readonly release: string;
}

const RELEASE = declareCheck('release', {
  'release-newest': pass<ChosenRelease>(),
  'release-not-newest': warn<ChosenRelease & { readonly newest: string }>('choose-again'),
  /** The choice names a release, and the newest one is not known. */
  'release-unverified': unknown<ChosenRelease & { readonly why: Unknown }>('choose-again'),
  /** The choice names a release, and Slipway cannot tell whether `newest` is newer. */
  'release-not-comparable': unknown<ChosenRelease & { readonly newest: string }>('choose-again'),
  /** AWS chooses the newest release; as far as Slipway knows, that is `newest`. */
  'release-by-aws': pass<{ readonly newest: string }>(),
  'release-by-aws-unknown': unknown<{ readonly why: Unknown }>(),
  'release-not-published': warn<{ readonly amiType: string; readonly version: string }>('choose-again'),
  'release-own': pass(),
});

export function release(situation: Situation, choice: UpdateChoice) {
  const { nodegroup, offered } = situation;
  const option = offered.find(({ version }) => version === choice.version);
  if (!option) return RELEASE.found('release-own');
  const { newest } = option;
  if (!newest.known && newest.why.code === 'not-published') {
    const facts = { amiType: nodegroup.amiType, version: option.version };
    return RELEASE.found('release-not-published', facts);
  }
  if (choice.release === undefined) {
    return newest.known
      ? RELEASE.found('release-by-aws', { newest: newest.value })
      : RELEASE.found('release-by-aws-unknown', { why: newest.why });
  }
  const facts = { release: choice.release };
  if (!newest.known) return RELEASE.found('release-unverified', { ...facts, why: newest.why });
  const known = { ...facts, newest: newest.value };
  switch (releaseStanding(nodegroup.amiType, choice.release, newest.value)) {
    case 'newest':
      return RELEASE.found('release-newest', facts);
    case 'outdated':
      return RELEASE.found('release-not-newest', known);
    case 'unknown':
      return RELEASE.found('release-not-comparable', known);
  }
}

const LAUNCH_TEMPLATE = declareCheck('launch-template', {
  'template-none': pass(),
  'template-kept': pass<{ readonly version: number }>(),
  /** The version in use was deleted from the template. */
  'template-version-gone': warn<{ readonly version: number }>('choose-again'),
  'template-kept-behind': warn<{ readonly version: number; readonly latest: number }>('choose-again'),
  'template-changes': pass<{ readonly from?: number; readonly to: number }>(),
  'template-older': warn<{ readonly from: number; readonly to: number }>('choose-again'),
  'template-brings-ami': warn<{ readonly to: number; readonly imageId: string }>('show-launch-template'),
  'template-drops-ami': warn<{ readonly to: number }>('show-launch-template'),
  'template-unknown': unknown<{ readonly why: ReadFailure }>(),
  'template-unresolved': unknown<{ readonly version?: string }>(),
});

export function launchTemplate(situation: Situation, { templateVersion: to }: UpdateChoice) {
  const options = templateOptions(situation);
  if (!options) return LAUNCH_TEMPLATE.found('template-none');
  if (!options.versions.known) {
    return LAUNCH_TEMPLATE.found('template-unknown', { why: options.versions.why });
  }
  return to === undefined
    ? keptTemplate(situation, options, options.versions.value)
    : changedTemplate(situation, options, to);
}

function keptTemplate(
  { nodegroup }: Situation,
  { current, latest }: TemplateOptions,
  listed: readonly LaunchTemplateVersion[],
) {
  if (current === undefined) {
    const version = nodegroup.launchTemplate?.version;
    return LAUNCH_TEMPLATE.found('template-unresolved', { ...(version !== undefined && { version }) });
  }
  if (!listed.some(({ number }) => number === current)) {
    return LAUNCH_TEMPLATE.found('template-version-gone', { version: current });
  }
  return latest !== undefined && latest > current
    ? LAUNCH_TEMPLATE.found('template-kept-behind', { version: current, latest })
    : LAUNCH_TEMPLATE.found('template-kept', { version: current });
}

function changedTemplate(
  { nodegroup, templates }: Situation,
  { current: from }: TemplateOptions,
  to: number,
) {
  const imageId = templates?.known ? templates.value.find(({ number }) => number === to)?.imageId : undefined;
  const hadOwn = amiFamily(nodegroup.amiType) === 'custom';
  if (!hadOwn && imageId !== undefined) return LAUNCH_TEMPLATE.found('template-brings-ami', { to, imageId });
  if (hadOwn && imageId === undefined) return LAUNCH_TEMPLATE.found('template-drops-ami', { to });
  if (from !== undefined && to < from) return LAUNCH_TEMPLATE.found('template-older', { from, to });
  return from === to
    ? LAUNCH_TEMPLATE.found('template-kept', { version: to })
    : LAUNCH_TEMPLATE.found('template-changes', { ...(from !== undefined && { from }), to });
}

const CHANGE = declareCheck('change', {
  'something-changes': pass(),
  'nothing-changes': warn('choose-again'),
});

/** Warns if the update would change nothing, since EKS accepts even such an update. */
export function change(situation: Situation, choice: UpdateChoice) {
  const { nodegroup, offered } = situation;
  const newest = offered.find(({ version }) => version === choice.version)?.newest;
  const release = choice.release ?? (newest?.known ? newest.value : undefined);
  const sameImage = bringsOwnAmi(situation, choice.templateVersion)
    ? true
    : choice.version === nodegroup.version && release === nodegroup.releaseVersion;
  const current = templateOptions(situation)?.current;
  const sameTemplate = choice.templateVersion === undefined || choice.templateVersion === current;
  return sameImage && sameTemplate ? CHANGE.found('nothing-changes') : CHANGE.found('something-changes');
}
