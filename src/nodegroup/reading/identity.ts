/** Whether a node group is the one that was planned for: names come again, in other accounts and after a deletion. */
import { refuseUnlessAccount } from '../../plan/account';
import type { DriftedPart } from '../../plan/drift';
import type { NodegroupPart } from './state';

/**
 * What tells the node group found under the planned name from the planned one: its id, where it was deleted and made
 * anew. An ARN that EKS does not show, or that is none, cannot be compared and tells nothing.
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
