/** Finds a connection to the account and region that a target names. */

import type { AwsPorts } from '../../../aws/contract';
import type { TargetConnection } from '../../../deploy/targets/target';
import { type Connection, connectionOf } from '../../../model/connection';
import { type Failure, failed, failureOf } from '../../../model/failure';
import type { ConnectionStore } from '../../../view/connection-store';
import { refuse } from '../../../view/messages/refusals/commands';

/** Returns the port that reads the identity of a connection's credentials. */
type IdentitiesOf = (connection: Connection) => Promise<Pick<AwsPorts, 'identities'>>;

/**
 * The connection to the sandbox, or of the profile that the target names. If the target names no profile: the
 * first connection of the target's region whose credentials belong to the target's account.
 * @throws refused `no-connection` (`account`, `region`; without facts for the sandbox); the failure of a
 * connection that may be the right one, but whose account could not be read; cancelled
 */
export async function connectionFor(
  target: TargetConnection,
  { store, ports }: { readonly store: ConnectionStore; readonly ports: IdentitiesOf },
  signal: AbortSignal,
): Promise<Connection> {
  if (target.kind === 'sandbox') {
    const sandbox = store.all().find(({ source }) => source.kind === 'sandbox');
    if (sandbox === undefined) throw refuse('no-connection');
    return sandbox;
  }
  const { accountId, region, profile } = target;
  if (profile !== undefined) return connectionOf({ kind: 'profile', profile }, region);
  let unread: Failure | undefined;
  for (const connection of store.all()) {
    if (connection.source.kind !== 'profile' || connection.region !== region) continue;
    try {
      const { identities } = await ports(connection);
      if ((await identities.whoAmI(signal)).accountId === accountId) return connection;
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.kind === 'cancelled') throw thrown;
      unread ??= failure;
    }
  }
  throw unread === undefined ? refuse('no-connection', { account: accountId, region }) : failed(unread);
}
