/** The workloads of a connection's clusters. The Kubernetes client is loaded on first use. */
import type { AwsPorts } from '../aws/contract';
import type { Workloads, WorkloadsOf } from '../deploy/kubernetes/ports';
import type { CallerKind, Kubernetes } from '../kubernetes/contract';
import { getOrMake } from '../model/cache';
import type { Connection } from '../model/connection';
import type { KnownNamespaces } from './known-namespaces';
import type { TargetPorts } from './ports';

type LoadKubernetes = () => Promise<Pick<Kubernetes, 'cluster'>>;

/**
 * Combines the AWS services of a connection with the workloads of its clusters. For the same `aws`, returns
 * the same object.
 */
export type JoinPorts = (connection: Connection, aws: AwsPorts) => TargetPorts;

/**
 * @param known gives the namespaces that are read in addition to those of the call, if the caller may not list
 * namespaces
 */
export function joinedPorts(load: LoadKubernetes, caller: CallerKind, known: KnownNamespaces): JoinPorts {
  const joined = new WeakMap<AwsPorts, TargetPorts>();
  return (connection, aws) =>
    getOrMake(joined, aws, () => ({ ...aws, workloads: workloadsOf(load, connection, caller, known) }));
}

function workloadsOf(
  load: LoadKubernetes,
  connection: Connection,
  caller: CallerKind,
  known: KnownNamespaces,
): WorkloadsOf {
  return (cluster) => {
    const reach = async (): Promise<Workloads> =>
      (await load()).cluster(connection, cluster).workloads(caller);
    return {
      arn: async (signal) => (await reach()).arn(signal),
      list: async (namespaces, signal) =>
        (await reach()).list([...new Set([...namespaces, ...(await known(connection, cluster))])], signal),
      lines: async (...asked) => (await reach()).lines(...asked),
      read: async (...asked) => (await reach()).read(...asked),
      pods: async (...asked) => (await reach()).pods(...asked),
      watch: async (...asked) => (await reach()).watch(...asked),
      budgets: async (...asked) => (await reach()).budgets(...asked),
      claims: async (...asked) => (await reach()).claims(...asked),
      apply: async (...asked) => (await reach()).apply(...asked),
      deletePod: async (...asked) => (await reach()).deletePod(...asked),
      events: async (...asked) => (await reach()).events(...asked),
      lastLines: async (...asked) => (await reach()).lastLines(...asked),
    };
  };
}
