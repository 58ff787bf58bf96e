/** How commands reach AWS: the ports of a connection, opened on first use. */

import type { AwsPorts } from '../aws/contract';
import { type Connection, connectionFromId } from '../model/connection';
import { refuse } from '../view/messages/refusals/commands';

/** The ports for what the user waits for. */
export type Ports = (connection: Connection) => Promise<AwsPorts>;

/** The connection of an operation. @throws refusal `no-such-connection` for an id that is none. */
export function knownConnection(id: string): Connection {
  const connection = connectionFromId(id);
  if (!connection) throw refuse('no-such-connection', { connection: id });
  return connection;
}
