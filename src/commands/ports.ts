/**
 * How commands reach AWS and Kubernetes clusters: through the ports of a connection, which are opened on
 * first use.
 */

import type { AwsPorts } from '../aws/contract';
import type { WorkloadsOf } from '../deploy/kubernetes/ports';
import type { PodLogs } from '../drain/ports';
import type { DrainSources } from '../drain/read-drain';
import { type Connection, connectionFromId } from '../model/connection';
import { refuse } from '../view/messages/refusals/commands';

/** The services that the kinds of targets need. */
export interface TargetPorts extends AwsPorts {
  readonly workloads: WorkloadsOf;
}

/** Opens the ports of a connection, for requests that the user waits for. */
export type Ports = (connection: Connection) => Promise<TargetPorts>;

/** Nodes, pods, budgets and pod logs of a cluster. No request is sent before a method is called. */
export interface ClusterInside extends DrainSources {
  readonly logs: PodLogs;
}

/**
 * Opens the nodes, pods, budgets and pod logs of the connection's cluster with this name, for requests that
 * the user waits for.
 */
export type Drains = (connection: Connection, cluster: string) => Promise<ClusterInside>;

/**
 * The connection with this id, even if the user has removed the connection.
 * @throws refused `no-such-connection` for a text that is not the id of a connection
 */
export function knownConnection(id: string): Connection {
  const connection = connectionFromId(id);
  if (!connection) throw refuse('no-such-connection', { connection: id });
  return connection;
}
