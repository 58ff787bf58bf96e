/** The user's choice for an update, and whether EKS accepts it for this node group. */

import type { CodedOf, NoFacts } from '../../model/coded';
import type { Situation } from '../reading/situation';
import { amiFamily } from '../rules/ami';
import { type ReleaseProblem, releaseProblem } from '../rules/release-version';
import { templateVersions } from '../rules/template';

/** Exactly the values that the user saw and chose; an absent member is not sent. */
export interface UpdateChoice {
  /** Kubernetes version. A valid choice lacks it only if the launch template sets the AMI. */
  readonly version?: string;
  /** AMI release version. Absent: AWS chooses the newest one, unless the launch template sets the AMI. */
  readonly release?: string;
  /** Version number of the node group's own launch template. Absent: it does not change. */
  readonly templateVersion?: number;
  /** If true, pods that cannot be drained are ended with their node, without regard for disruption budgets. */
  readonly force: boolean;
}

export interface ChoiceFacts {
  /**
   * The choice has no Kubernetes version, although the launch template does not set the AMI. Slipway does
   * not send such a request, because AWS's documents disagree about its meaning.
   */
  'version-required': NoFacts;
  'version-with-custom-ami': { readonly version: string };
  'version-not-offered': { readonly version: string; readonly offered: readonly string[] };
  'release-with-custom-ami': { readonly release: string };
  'release-empty': NoFacts;
  'release-shape': { readonly release: string; readonly example: string };
  'release-other-version': { readonly release: string; readonly version: string; readonly named: string };
  'template-not-used': { readonly templateVersion: number };
  'template-version-missing': { readonly templateVersion: number; readonly latest?: number };
  /** A custom AMI changes only with the version of the launch template, and the choice contains no such version. */
  'template-version-required': NoFacts;
}

export type ChoiceProblem = CodedOf<ChoiceFacts>;

/**
 * Whether the launch template sets the nodes' AMI after the update. This depends on the chosen template
 * version, if there is one and it could be read; otherwise on the node group's AMI type.
 */
export function bringsOwnAmi(
  { nodegroup, templates }: Pick<Situation, 'nodegroup' | 'templates'>,
  templateVersion: number | undefined,
): boolean {
  if (templateVersion !== undefined && templates?.known) {
    const chosen = templates.value.find(({ number }) => number === templateVersion);
    if (chosen) return chosen.imageId !== undefined;
  }
  return amiFamily(nodegroup.amiType) === 'custom';
}

/**
 * The problems of a choice; empty if EKS can accept it.
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupVersion.html
 */
export function choiceProblems(situation: Situation, choice: UpdateChoice): readonly ChoiceProblem[] {
  return [
    ...templateProblems(situation, choice),
    ...(bringsOwnAmi(situation, choice.templateVersion)
      ? customAmiProblems(choice)
      : versionProblems(situation, choice)),
  ];
}

function templateProblems(
  { nodegroup, templates }: Situation,
  { templateVersion }: UpdateChoice,
): readonly ChoiceProblem[] {
  if (templateVersion === undefined) return [];
  if (!nodegroup.launchTemplate) return [{ code: 'template-not-used', facts: { templateVersion } }];
  if (!templates?.known) return [];
  const { all, latest } = templateVersions(templates.value);
  if (all.some(({ number }) => number === templateVersion)) return [];
  const facts = { templateVersion, ...(latest !== undefined && { latest }) };
  return [{ code: 'template-version-missing', facts }];
}

function customAmiProblems({ version, release, templateVersion }: UpdateChoice): readonly ChoiceProblem[] {
  const problems: ChoiceProblem[] = [];
  if (version !== undefined) problems.push({ code: 'version-with-custom-ami', facts: { version } });
  if (release !== undefined) problems.push({ code: 'release-with-custom-ami', facts: { release } });
  if (templateVersion === undefined) problems.push({ code: 'template-version-required', facts: {} });
  return problems;
}

function versionProblems(
  { nodegroup, offered }: Situation,
  { version, release }: UpdateChoice,
): readonly ChoiceProblem[] {
  if (version === undefined) return [{ code: 'version-required', facts: {} }];
  const versions = offered.map((one) => one.version);
  if (!versions.includes(version)) {
    return [{ code: 'version-not-offered', facts: { version, offered: versions } }];
  }
  if (release === undefined) return [];
  const problem = releaseProblem(nodegroup.amiType, version, release);
  return problem ? [releaseFinding(problem, version, release)] : [];
}

/** Converts a problem of a release version into a problem of the choice. */
export function releaseFinding(problem: ReleaseProblem, version: string, release: string): ChoiceProblem {
  switch (problem.code) {
    case 'release-empty':
      return { code: 'release-empty', facts: {} };
    case 'release-shape':
      return { code: 'release-shape', facts: { release, example: problem.example } };
    case 'release-other-version':
      return { code: 'release-other-version', facts: { release, version, named: problem.version } };
  }
}
