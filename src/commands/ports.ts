/** How commands reach AWS: the ports of a connection, opened on first use. */

import type { AwsPorts } from '../aws/contract';
import type { WorkloadsOf } from '../deploy/kubernetes/ports';
import type { PodLogs } from '../drain/ports';
import type { DrainSources } from '../drain/read-drain';
import { type Connection, connectionFromId } from '../model/connection';
import { refuse } from '../view/messages/refusals/commands';

/** What the kinds of targets are reached through. */
export interface TargetPorts extends AwsPorts {
  readonly workloads: WorkloadsOf;
}

/** The ports for what the user waits for. */
export type Ports = (connection: Connection) => Promise<TargetPorts>;

/** The inside of a cluster. Nothing is asked before something of it is used. */
export interface ClusterInside extends DrainSources {
  readonly logs: PodLogs;
}

/** The inside of a connection's cluster, by its name, for what the user waits for. */
export type Drains = (connection: Connection, cluster: string) => Promise<ClusterInside>;

/** The connection of an operation. @throws refusal `no-such-connection` for an id that is none. */
export function knownConnection(id: string): Connection {
  const connection = connectionFromId(id);
  if (!connection) throw refuse('no-such-connection', { connection: id });
  return connection;
}
