/**
 * The valid answers to the wizard's questions about a node group's update: the values that a request
 * UpdateNodegroupVersion may contain. Also makes the choice for a goal without asking.
 */

import type { LaunchTemplateVersion } from '../../model/eks';
import { present } from '../../model/present';
import type { OptionalRead } from '../../plan/optional-read';
import type { Situation, VersionOption } from '../reading/situation';
import { cannotFollow } from '../rules/ami';
import { releaseProblem } from '../rules/release-version';
import { templateName, templateNumber, templateVersions } from '../rules/template';
import type { Unknown } from '../rules/unknown';
import { compareVersions, type TargetVersion, targetVersions } from '../rules/versions';
import { bringsOwnAmi, type ChoiceProblem, releaseFinding, type UpdateChoice } from './choice';

export interface TemplateOptions {
  readonly name: { readonly id: string } | { readonly name: string };
  /** The version in use; undefined if its number cannot be determined. */
  readonly current?: number;
  /** The versions that `$Default` and `$Latest` mean now. */
  readonly default?: number;
  readonly latest?: number;
  /** Newest first. */
  readonly versions: OptionalRead<readonly LaunchTemplateVersion[]>;
}

/**
 * The versions of the node group's launch template. Undefined: the node group was created without a launch
 * template, so no template version can be sent.
 */
export function templateOptions({ nodegroup, templates }: Situation): TemplateOptions | undefined {
  const name = nodegroup.launchTemplate && templateName(nodegroup.launchTemplate);
  if (!name || !templates) return undefined;
  const listed = templates.known ? templateVersions(templates.value) : undefined;
  const current = templateNumber(nodegroup.launchTemplate?.version, listed);
  return {
    name,
    ...present({ current }),
    ...(listed?.default !== undefined && { default: listed.default }),
    ...(listed?.latest !== undefined && { latest: listed.latest }),
    versions: listed ? { known: true, value: listed.all } : templates,
  };
}

/**
 * Kubernetes versions to choose from after the template version has been chosen; undefined if the launch template
 * sets the AMI, because the request must then contain neither a version nor a release.
 */
export function versionOptions(
  situation: Situation,
  templateVersion?: number,
): readonly VersionOption[] | undefined {
  return bringsOwnAmi(situation, templateVersion) ? undefined : situation.offered;
}

export interface ReleaseOptions {
  /**
   * The newest release. While it is not known, the user can choose it nevertheless: then the request contains
   * no release, and AWS chooses the newest one.
   */
  readonly newest: OptionalRead<string, Unknown>;
  /** The node group's present release, if the chosen option keeps the Kubernetes version. */
  readonly current?: string;
  /** Checks a release that the user typed; undefined if Slipway finds nothing wrong with it. */
  readonly check: (typed: string) => ChoiceProblem | undefined;
}

/** AMI releases to choose from for one of {@link versionOptions}. */
export function releaseOptions({ nodegroup }: Situation, option: VersionOption): ReleaseOptions {
  return {
    newest: option.newest,
    ...(option.direction === 'same' &&
      nodegroup.releaseVersion !== undefined && { current: nodegroup.releaseVersion }),
    check: (typed) => {
      const problem = releaseProblem(nodegroup.amiType, option.version, typed);
      return problem && releaseFinding(problem, option.version, typed);
    },
  };
}

/**
 * The goal of an update: the control plane's version with its newest release, or the newest release of the
 * version that the node group already has.
 */
export type Goal = 'control-plane-version' | 'newest-release';

/**
 * The choice that brings a node group to a goal; if the control plane's version is not offered, closer to
 * that version. Undefined if there is no valid choice. If the group has a custom AMI, the choice is the
 * newest version of its launch template that names an AMI.
 */
export function choiceFor(situation: Situation, goal: Goal, force: boolean): UpdateChoice | undefined {
  if (bringsOwnAmi(situation, undefined)) {
    const versions = templateOptions(situation)?.versions;
    const newest = versions?.known ? versions.value.find(({ imageId }) => imageId !== undefined) : undefined;
    return newest && { templateVersion: newest.number, force };
  }
  const option = goal === 'newest-release' ? sameVersion(situation) : towardsControlPlane(situation);
  if (!option) return undefined;
  return { version: option.version, ...(option.newest.known && { release: option.newest.value }), force };
}

/** The option that keeps the node group's Kubernetes version; undefined if that version is not offered. */
function sameVersion({ offered }: Situation): VersionOption | undefined {
  return offered.find(({ direction }) => direction === 'same');
}

/**
 * Kubernetes versions that the control plane allows for the nodes, but for which the nodes' AMI type has no release;
 * newest first.
 */
export function versionsWithoutAmi({ cluster, nodegroup }: Situation): readonly TargetVersion[] {
  const last = cannotFollow(nodegroup.amiType, cluster.version)?.lastVersion;
  if (last === undefined) return [];
  return targetVersions(cluster.version, nodegroup.version).filter(
    ({ version }) => (compareVersions(version, last) ?? 0) > 0,
  );
}

/**
 * The offered version that is nearest to the control plane's. A downgrade is chosen only if it leads to exactly
 * the control plane's version.
 */
function towardsControlPlane({ offered }: Situation): VersionOption | undefined {
  return (
    offered.find(({ isControlPlane }) => isControlPlane) ??
    offered.find(({ direction }) => direction !== 'down')
  );
}
