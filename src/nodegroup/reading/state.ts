/** The part of a node group that a plan rests on, and how it drifted from it. */

import type { LaunchTemplateRef, Nodegroup } from '../../model/eks';
import { present } from '../../model/present';
import { refuseUnlessAccount } from '../../plan/account';
import { type DriftedPart, driftBetween } from '../../plan/drift';
import { templateName } from '../rules/template';

/** Plain data, so that it can be written down with the plan. What is absent is not shown by EKS. */
export interface NodegroupState {
  readonly status: string;
  readonly amiType: string;
  readonly version?: string;
  readonly releaseVersion?: string;
  /** Id, or name where there is no id. */
  readonly template?: string;
  /** As EKS shows it: a number, mostly. */
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
 * The parts that can drift. `id` is the end of the ARN: it is another one if the node group was deleted and created
 * again.
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

/** The parts that differ between two reads. A node group that has recovered (DEGRADED, now ACTIVE) has not drifted. */
export function driftOf(before: NodegroupState, now: NodegroupState): readonly DriftedPart<NodegroupPart>[] {
  return driftBetween(before, now, FIELDS).filter(({ part }) => part !== 'status' || now.status !== 'ACTIVE');
}

/**
 * How the node group found under the planned name differs from the planned one: by its id, if it was deleted and
 * created again. Empty if one of the ARNs is missing or malformed.
 * @throws refused `account-changed` (facts: `planned`, `found`), as deployments do.
 */
export function identityDrift(plannedArn: string, foundArn: string): readonly DriftedPart<NodegroupPart>[] {
  const [planned, found] = [partsOf(plannedArn), partsOf(foundArn)];
  if (!planned || !found) return [];
  refuseUnlessAccount(planned.account, found.account);
  return planned.id === found.id ? [] : [{ part: 'id', before: planned.id, now: found.id }];
}

/** `arn:aws:eks:REGION:ACCOUNT:nodegroup/CLUSTER/NAME/ID` */
function partsOf(arn: string): { readonly account: string; readonly id: string } | undefined {
  const [, account, id] = /^arn:[^:]*:eks:[^:]*:([^:]+):nodegroup\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return account === undefined || id === undefined ? undefined : { account, id };
}
