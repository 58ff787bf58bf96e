/** The body of UpdateNodegroupVersion: exactly what the user chose. */

import type { LaunchTemplateRef } from '../../model/eks';
import { present } from '../../model/present';
import { choiceProblems, type UpdateChoice } from '../choice/choice';
import type { VersionUpdateRequest } from '../ports';
import type { Situation } from '../reading/situation';
import { templateName } from '../rules/template';
import { refuse } from './refusal';

/** A planned request: everything except the token, which is generated when the request is sent. */
export type Unsent<Request> = Omit<Request, 'clientRequestToken'>;

/**
 * The request for a choice, with an explicit Kubernetes version unless the launch template sets the AMI.
 * @throws refusal `choice-not-valid` (facts: `problems`, the codes) for a choice that EKS cannot accept
 */
export function versionRequest(situation: Situation, choice: UpdateChoice): Unsent<VersionUpdateRequest> {
  const problems = choiceProblems(situation, choice);
  if (problems.length > 0) {
    throw refuse('choice-not-valid', { problems: problems.map(({ code }) => code) });
  }
  const { nodegroup } = situation;
  const launchTemplate = templateOf(nodegroup.launchTemplate, choice.templateVersion);
  return {
    clusterName: nodegroup.clusterName,
    nodegroupName: nodegroup.name,
    ...present({ version: choice.version, releaseVersion: choice.release, launchTemplate }),
    ...(choice.force && { force: true }),
  };
}

function templateOf(
  own: LaunchTemplateRef | undefined,
  version: number | undefined,
): LaunchTemplateRef | undefined {
  const name = own && templateName(own);
  return name && version !== undefined ? { ...name, version: String(version) } : undefined;
}
