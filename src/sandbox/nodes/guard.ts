/**
 * Guards nodes: puts a pod on each of them, with a budget that allows no eviction, as another user might do.
 */
import type { Nodegroup } from '../eks/nodegroup';
import type { KubernetesCluster } from '../kubernetes/cluster-api';

const WHERE = 'default';

/**
 * Guards exactly these nodes of the group: guards on the group's other nodes are removed.
 * @returns the names that belong to no node of the cluster; if there are any, nothing changes
 */
export function guardNodes(
  { store }: KubernetesCluster,
  { facts: { name: group } }: Nodegroup,
  nodes: readonly string[],
): readonly string[] {
  const missing = nodes.filter((node) => !store.get('nodes', undefined, node));
  if (missing.length > 0) return missing;
  const label = { 'guard-of': group };
  for (const resource of ['statefulsets', 'poddisruptionbudgets'])
    for (const { metadata } of store.list(resource, WHERE))
      if (metadata.labels?.['guard-of'] === group) store.remove(resource, WHERE, metadata.name);
  nodes.forEach((node, index) => {
    const name = `guard-${group}-${index}`;
    const labels = { app: name, ...label };
    const metadata = { name, namespace: WHERE, labels };
    const selector = { matchLabels: { app: name } };
    store.create('poddisruptionbudgets', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 0, selector },
    });
    store.create('statefulsets', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: {
        replicas: 1,
        serviceName: name,
        selector,
        podManagementPolicy: 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
        template: {
          metadata: { labels },
          spec: {
            nodeSelector: { 'kubernetes.io/hostname': node },
            tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }],
            containers: [{ name: 'guard', image: 'registry.acme.example/guard:1' }],
          },
        },
      },
    });
  });
  return [];
}
