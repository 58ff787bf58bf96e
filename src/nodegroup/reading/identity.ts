/** Whether a node group is the one that the plan was made for: another account, or a new group, may have the same name. */
import { refuseUnlessAccount } from '../../plan/account';
import type { DriftedPart } from '../../plan/drift';
import type { NodegroupPart } from './state';

/**
 * How the node group found under the planned name differs from the planned one: by its id, if it was deleted and created
 * again. Empty if one of the ARNs is missing or malformed.
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
