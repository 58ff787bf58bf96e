/** What EKS does in a cluster as its user `eks:node-manager` while it drains nodes. */
import type { AuditLog } from './audit-log';
import type { KubernetesCluster } from './cluster-api';
import { type EvictionRequest, evict } from './eviction';
import { type Status, StatusError } from './status';

/**
 * Evicts a pod and writes it to the audit log, the only place where a refusal can be seen.
 * @returns the refusal; undefined when the pod goes.
 */
export function evictForNodeManager(
  cluster: KubernetesCluster,
  audit: AuditLog,
  request: EvictionRequest,
): Status | undefined {
  const refusal = refusalOf(() => evict(cluster, request));
  const { namespace, name } = request;
  audit.record(cluster, {
    verb: 'create',
    uri: `/api/v1/namespaces/${namespace}/pods/${name}/eviction?timeout=10s`,
    username: 'eks:node-manager',
    groups: ['system:authenticated'],
    userAgent: 'eks-node-manager/v0.0.0 (linux/amd64) kubernetes/$Format',
    objectRef: { resource: 'pods', namespace, name, apiVersion: 'v1', subresource: 'eviction' },
    requestObject: { kind: 'Eviction', apiVersion: 'policy/v1', metadata: { name, namespace } },
    code: refusal?.code ?? 201,
    ...(refusal && { refusal }),
  });
  return refusal;
}

/** @throws what is not a refusal. */
function refusalOf(act: () => void): Status | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
}
