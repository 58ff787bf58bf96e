/**
 * Makes the planned operation on a node group in the ledger's form, with its connection, region and
 * author.
 */

import type { Identity } from '../../model/connection';
import { present } from '../../model/present';
import type { PlannedOperation } from '../../operations/operation';
import { recordJson } from './record';

export interface Place {
  readonly connectionId: string;
  readonly region: string;
  readonly author: Identity;
  /** The earlier operation that this one repeats. */
  readonly origin?: string;
}

/** @param path names of cluster and node group */
export function operationOf(
  kind: string,
  path: readonly [cluster: string, nodegroup: string],
  plan: { readonly arn: string },
  { connectionId, region, author, origin }: Place,
): PlannedOperation {
  return {
    kind,
    subject: {
      connectionId,
      region,
      accountId: author.accountId,
      arn: plan.arn,
      path,
      label: path.join(' / '),
    },
    author,
    plan: recordJson(plan),
    ...present({ origin }),
  };
}
