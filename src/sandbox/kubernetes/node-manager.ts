/** The evictions that EKS requests from a cluster while EKS drains nodes, as the user `eks:node-manager`. */
import { present } from '../present';
import type { AuditLog } from './audit-log';
import type { KubernetesCluster } from './cluster-api';
import { type EvictionRequest, evict } from './eviction';
import { type Status, StatusError } from './status';

/**
 * Evicts a pod and writes the request to the audit log, the only place in which a user can see a refusal.
 * @returns the refusal; undefined if the pod is evicted
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
    ...present({ refusal }),
  });
  return refusal;
}

/** The refusal that `act` throws, if any. @throws anything else that `act` throws. */
function refusalOf(act: () => void): Status | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
}
