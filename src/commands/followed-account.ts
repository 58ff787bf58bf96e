/**
 * Follows an operation only with credentials of the operation's account: with credentials of any other
 * account, AWS does not find the operation.
 */

import type { Identity } from '../model/connection';
import type { Follower, Subject } from '../operations/operation';
import { refuse } from '../view/messages/refusals/commands';

/**
 * Resolves with the identity to which a connection's present credentials belong. It is called at each poll,
 * so it must not send a request each time.
 */
export type KeysOwner = (connectionId: string, signal: AbortSignal) => Promise<Identity>;

/**
 * A follower that polls AWS only with credentials of the operation's account. With other credentials the poll
 * is refused as `other-account` (facts: `account`, `found`). A refused poll decides nothing; the next poll
 * comes at the slow interval for lasting failures.
 */
export function inItsAccount(follower: Follower, whoAmI: KeysOwner): Follower {
  return {
    ...follower,
    poll: async (operation, signal, nextRequest) => {
      const { subject } = operation;
      await refuseOtherAccount(subject, whoAmI, signal);
      const seen = await follower.poll(operation, signal, nextRequest);
      // Credentials may have been replaced during the poll; a "not found" from another account would look like the
      // end of the operation.
      if (seen.state === 'ended') await refuseOtherAccount(subject, whoAmI, signal);
      return seen;
    },
  };
}

async function refuseOtherAccount(
  { connectionId, accountId }: Subject,
  whoAmI: KeysOwner,
  signal: AbortSignal,
): Promise<void> {
  const found = (await whoAmI(connectionId, signal)).accountId;
  if (found !== accountId) throw refuse('other-account', { account: accountId, found });
}
