/**
 * The namespaces of a cluster that Slipway knows without listing them: those that targets name, and those to
 * which code was deployed. A user who may not list namespaces sees only the workloads in these.
 */
import type { OperationKind } from '../deploy/port/operation-kind';
import { mayUse, type Target, type TargetConnection } from '../deploy/targets/target';
import type { Connection } from '../model/connection';
import type { Operation } from '../operations/operation';

const ON_KUBERNETES: OperationKind = 'code-kubernetes';

export type KnownNamespaces = (connection: Connection, cluster: string) => Promise<readonly string[]>;

/** @param targets reads the targets of the workspace, as far as they can be read */
export function knownNamespaces(
  targets: () => Promise<readonly Pick<Target, 'kind' | 'path' | 'connection'>[]>,
  operations: () => readonly Pick<Operation, 'kind' | 'subject'>[],
): KnownNamespaces {
  return async (connection, cluster) => {
    const paths = [
      ...(await targets())
        .filter((one) => one.kind.operationKind === ON_KUBERNETES && mayMean(one.connection, connection))
        .map(({ path }) => path),
      ...operations()
        .filter(({ kind, subject }) => kind === ON_KUBERNETES && subject.connectionId === connection.id)
        .map(({ subject }) => subject.path),
    ];
    const inCluster = paths.flatMap(([name, namespace]) =>
      name === cluster && namespace !== undefined ? [namespace] : [],
    );
    return [...new Set(inCluster)].sort();
  };
}

/**
 * Whether a target may be meant for this connection. Accounts are not compared. So a target of another account may add
 * a namespace that this cluster does not have; that does no harm, since no workloads are found there.
 */
function mayMean(named: TargetConnection, connection: Connection): boolean {
  if (!mayUse(named, connection)) return false;
  if (named.kind === 'sandbox' || named.profile === undefined) return true;
  const { source } = connection;
  return source.kind === 'profile' && source.profile === named.profile;
}
