/** Following in the account that an operation runs in, and in no other: there AWS knows nothing of it. */

import type { Identity } from '../model/connection';
import type { Follower, Subject } from '../operations/operation';
import { refuse } from '../view/messages/refusals/commands';

/** Whose keys a connection has at the moment; must not cost a request for each look. */
export type KeysOwner = (connectionId: string, signal: AbortSignal) => Promise<Identity>;

/**
 * The follower, which asks AWS only with keys of the operation's account. A look with others is refused `other-account`
 * (facts: `account`, `found`): it decides nothing, and the next one comes at the slow pace of what does not pass by
 * itself.
 */
export function inItsAccount(follower: Follower, whoAmI: KeysOwner): Follower {
  return {
    ...follower,
    poll: async (operation, signal, nextRequest) => {
      const { subject } = operation;
      await refuseOtherAccount(subject, whoAmI, signal);
      const seen = await follower.poll(operation, signal, nextRequest);
      // Keys may have been replaced during the look, and what another account answers looks like an end.
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
