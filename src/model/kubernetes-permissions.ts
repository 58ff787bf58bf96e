/**
 * The permissions for a cluster's Kubernetes API that Slipway needs, by purpose; docs/permissions.md has the same list.
 */

/**
 * The purposes for which Slipway may use a cluster: `look` at nodes, workloads, pods and budgets; `ask` the
 * API server about evictions in dry run; `deploy` code to workloads. Each purpose includes those before it.
 */
export const KUBERNETES_PURPOSES = ['look', 'ask', 'deploy'] as const;

export type KubernetesPurpose = (typeof KUBERNETES_PURPOSES)[number];

export interface KubernetesPermission {
  /** The first purpose that needs this permission. */
  readonly purpose: KubernetesPurpose;
  /** API group; empty for the core group. */
  readonly group: string;
  /** The resource in the plural, with the subresource if there is one: `pods`, `pods/eviction`. */
  readonly resource: string;
  readonly verbs: readonly string[];
  /** `workload`: the permission can be limited to one namespace and, for the workload itself, to its name. */
  readonly scope: 'cluster' | 'workload';
}

export const KUBERNETES_PERMISSIONS: readonly KubernetesPermission[] = [
  { purpose: 'look', group: '', resource: 'nodes', verbs: ['list', 'watch'], scope: 'cluster' },
  { purpose: 'look', group: '', resource: 'namespaces', verbs: ['list'], scope: 'cluster' },
  { purpose: 'look', group: '', resource: 'pods', verbs: ['get', 'list', 'watch'], scope: 'cluster' },
  { purpose: 'look', group: '', resource: 'pods/log', verbs: ['get'], scope: 'cluster' },
  { purpose: 'look', group: '', resource: 'events', verbs: ['list'], scope: 'cluster' },
  {
    purpose: 'look',
    group: 'policy',
    resource: 'poddisruptionbudgets',
    verbs: ['list', 'watch'],
    scope: 'cluster',
  },
  { purpose: 'look', group: 'apps', resource: 'deployments', verbs: ['list', 'watch'], scope: 'cluster' },
  { purpose: 'look', group: 'apps', resource: 'statefulsets', verbs: ['list', 'watch'], scope: 'cluster' },
  { purpose: 'ask', group: '', resource: 'pods/eviction', verbs: ['create'], scope: 'cluster' },
  { purpose: 'deploy', group: 'apps', resource: 'deployments', verbs: ['get', 'patch'], scope: 'workload' },
  { purpose: 'deploy', group: 'apps', resource: 'statefulsets', verbs: ['get', 'patch'], scope: 'workload' },
  { purpose: 'deploy', group: '', resource: 'pods', verbs: ['delete'], scope: 'workload' },
  { purpose: 'deploy', group: '', resource: 'persistentvolumeclaims', verbs: ['get'], scope: 'workload' },
];

/** The permissions that a purpose needs. */
export function permissionsFor(purpose: KubernetesPurpose): readonly KubernetesPermission[] {
  const upTo = KUBERNETES_PURPOSES.indexOf(purpose);
  return KUBERNETES_PERMISSIONS.filter((one) => KUBERNETES_PURPOSES.indexOf(one.purpose) <= upTo);
}
