/** The state of a node group on which a plan rests, and how this state has drifted since the plan was made. */

import type { LaunchTemplateRef, Nodegroup } from '../../model/eks';
import { present } from '../../model/present';
import { refuseUnlessAccount } from '../../plan/account';
import { type DriftedPart, driftBetween } from '../../plan/drift';
import { templateName } from '../rules/template';

/** Plain data, so that it can be recorded with the plan. Members that EKS does not show are absent. */
export interface NodegroupState {
  readonly status: string;
  readonly amiType: string;
  readonly version?: string;
  readonly releaseVersion?: string;
  /** The id, or the name if there is no id. */
  readonly template?: string;
  /** In EKS's form: usually a number. */
  readonly templateVersion?: string;
  readonly maxUnavailable?: number;
  readonly maxUnavailablePercentage?: number;
  readonly updateStrategy?: string;
}

export function stateOf(nodegroup: Nodegroup): NodegroupState {
  const { status, amiType, version, releaseVersion, launchTemplate, updateConfig } = nodegroup;
  const template = launchTemplate && nameOf(launchTemplate);
  return {
    status,
    amiType,
    ...present({ version, releaseVersion, template }),
    ...(launchTemplate?.version !== undefined && { templateVersion: launchTemplate.version }),
    ...updateConfig,
  };
}

function nameOf(template: LaunchTemplateRef): string | undefined {
  const name = templateName(template);
  return name && ('id' in name ? name.id : name.name);
}

/**
 * The parts that can drift. `id` is the end of the ARN, which changes if the node group is deleted and created again.
 */
export type NodegroupPart = keyof NodegroupState | 'id';

const FIELDS = [
  'status',
  'amiType',
  'version',
  'releaseVersion',
  'template',
  'templateVersion',
  'maxUnavailable',
  'maxUnavailablePercentage',
  'updateStrategy',
] as const satisfies readonly (keyof NodegroupState)[];

/**
 * The parts that differ between two reads. A status that has become ACTIVE is no drift: the node group has
 * recovered, for example from DEGRADED.
 */
export function driftOf(before: NodegroupState, now: NodegroupState): readonly DriftedPart<NodegroupPart>[] {
  return driftBetween(before, now, FIELDS).filter(({ part }) => part !== 'status' || now.status !== 'ACTIVE');
}

/**
 * The drift in `id`, if the planned node group was deleted and another was created with its name. Empty if it
 * is still the same node group, or if one of the ARNs is missing or malformed.
 * @throws refusal `account-changed` (facts: `planned`, `found`), as for deployments
 */
export function identityDrift(plannedArn: string, foundArn: string): readonly DriftedPart<NodegroupPart>[] {
  const [planned, found] = [partsOf(plannedArn), partsOf(foundArn)];
  if (!planned || !found) return [];
  refuseUnlessAccount(planned.account, found.account);
  return planned.id === found.id ? [] : [{ part: 'id', before: planned.id, now: found.id }];
}

/**
 * The account and the last part of a node group's ARN,
 * `arn:aws:eks:REGION:ACCOUNT:nodegroup/CLUSTER/NAME/ID`; undefined if the ARN is malformed.
 */
function partsOf(arn: string): { readonly account: string; readonly id: string } | undefined {
  const [, account, id] = /^arn:[^:]*:eks:[^:]*:([^:]+):nodegroup\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return account === undefined || id === undefined ? undefined : { account, id };
}
