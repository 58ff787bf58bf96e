/** Checks of what the new nodes start from: AMI type, release, launch template, and whether anything changes at all. */
import type { LaunchTemplateVersion } from '../../model/eks';
import { amiEnd, amiFamily, cannotFollow } from '../ami';
import { bringsOwnAmi, type UpdateChoice } from '../choice';
import { type TemplateOptions, templateOptions } from '../options';
import { releaseStanding } from '../release-version';
import type { Situation } from '../situation';
import { type Check, check } from './check';

export function amiType(situation: Situation, { templateVersion }: UpdateChoice): Check {
  if (bringsOwnAmi(situation, templateVersion)) return check({ code: 'ami-own', facts: {} });
  const type = situation.nodegroup.amiType;
  const behind = cannotFollow(type, situation.cluster.version);
  if (behind) return check({ code: 'ami-type-cannot-follow', facts: behind });
  const end = amiEnd(type);
  if (end) {
    const { endedOn, lastVersion } = end;
    return check({ code: 'ami-type-ended', facts: { amiType: type, endedOn, lastVersion } });
  }
  return amiFamily(type) === undefined
    ? check({ code: 'ami-type-unlisted', facts: { amiType: type } })
    : check({ code: 'ami-type-published', facts: { amiType: type } });
}

export function release(situation: Situation, choice: UpdateChoice): Check {
  const { nodegroup, offered } = situation;
  const option = offered.find(({ version }) => version === choice.version);
  if (!option) return check({ code: 'release-own', facts: {} });
  const { newest } = option;
  if (!newest.known && newest.why.code === 'not-published') {
    const facts = { amiType: nodegroup.amiType, version: option.version };
    return check({ code: 'release-not-published', facts });
  }
  if (choice.release === undefined) {
    return newest.known
      ? check({ code: 'release-by-aws', facts: { newest: newest.value } })
      : check({ code: 'release-by-aws-unknown', facts: { why: newest.why } });
  }
  const facts = { release: choice.release };
  if (!newest.known) return check({ code: 'release-unverified', facts: { ...facts, why: newest.why } });
  const known = { ...facts, newest: newest.value };
  switch (releaseStanding(nodegroup.amiType, choice.release, newest.value)) {
    case 'newest':
      return check({ code: 'release-newest', facts });
    case 'outdated':
      return check({ code: 'release-not-newest', facts: known });
    case 'unknown':
      return check({ code: 'release-unverified', facts: known });
  }
}

export function launchTemplate(situation: Situation, { templateVersion: to }: UpdateChoice): Check {
  const options = templateOptions(situation);
  if (!options) return check({ code: 'template-none', facts: {} });
  if (!options.versions.known) {
    return check({ code: 'template-unknown', facts: { why: options.versions.why } });
  }
  return to === undefined
    ? keptTemplate(situation, options, options.versions.value)
    : changedTemplate(situation, options, to);
}

function keptTemplate(
  { nodegroup }: Situation,
  { current, latest }: TemplateOptions,
  listed: readonly LaunchTemplateVersion[],
): Check {
  if (current === undefined) {
    const version = nodegroup.launchTemplate?.version;
    return check({ code: 'template-unresolved', facts: { ...(version !== undefined && { version }) } });
  }
  if (!listed.some(({ number }) => number === current)) {
    return check({ code: 'template-version-gone', facts: { version: current } });
  }
  return latest !== undefined && latest > current
    ? check({ code: 'template-kept-behind', facts: { version: current, latest } })
    : check({ code: 'template-kept', facts: { version: current } });
}

function changedTemplate(
  { nodegroup, templates }: Situation,
  { current: from }: TemplateOptions,
  to: number,
): Check {
  const imageId = templates?.known ? templates.value.find(({ number }) => number === to)?.imageId : undefined;
  const hadOwn = amiFamily(nodegroup.amiType) === 'custom';
  if (!hadOwn && imageId !== undefined) return check({ code: 'template-brings-ami', facts: { to, imageId } });
  if (hadOwn && imageId === undefined) return check({ code: 'template-drops-ami', facts: { to } });
  if (from !== undefined && to < from) return check({ code: 'template-older', facts: { from, to } });
  return from === to
    ? check({ code: 'template-kept', facts: { version: to } })
    : check({ code: 'template-changes', facts: { ...(from !== undefined && { from }), to } });
}

/** EKS takes an update to what is there already; the user should know that it is one. */
export function change(situation: Situation, choice: UpdateChoice): Check {
  const { nodegroup, offered } = situation;
  const newest = offered.find(({ version }) => version === choice.version)?.newest;
  const release = choice.release ?? (newest?.known ? newest.value : undefined);
  const sameImage = bringsOwnAmi(situation, choice.templateVersion)
    ? true
    : choice.version === nodegroup.version && release === nodegroup.releaseVersion;
  const current = templateOptions(situation)?.current;
  const sameTemplate = choice.templateVersion === undefined || choice.templateVersion === current;
  return sameImage && sameTemplate
    ? check({ code: 'nothing-changes', facts: {} })
    : check({ code: 'something-changes', facts: {} });
}
