/** The kinds of objects that the sandbox's Kubernetes API has. */

export interface Resource {
  /** Name in the path, which is also the name of the resource in the store. */
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  /** Whether `metadata.generation` counts the changes of the spec. */
  readonly generation: boolean;
  /** Subresources that discovery lists, e.g. `status`. */
  readonly subresources: readonly Subresource[];
}

export type Subresource = 'status' | 'scale' | 'eviction' | 'log';

type Row = Pick<Resource, 'plural' | 'kind'> & Partial<Resource>;

const ROWS: readonly Row[] = [
  {
    plural: 'namespaces',
    kind: 'Namespace',
    namespaced: false,
    shortNames: ['ns'],
    subresources: ['status'],
  },
  { plural: 'nodes', kind: 'Node', namespaced: false, shortNames: ['no'], subresources: ['status'] },
  {
    plural: 'pods',
    kind: 'Pod',
    shortNames: ['po'],
    generation: true,
    subresources: ['status', 'eviction', 'log'],
  },
  { plural: 'services', kind: 'Service', shortNames: ['svc'], subresources: ['status'] },
  { plural: 'configmaps', kind: 'ConfigMap', shortNames: ['cm'] },
  { plural: 'serviceaccounts', kind: 'ServiceAccount', shortNames: ['sa'] },
  {
    plural: 'persistentvolumeclaims',
    kind: 'PersistentVolumeClaim',
    shortNames: ['pvc'],
    subresources: ['status'],
  },
  {
    plural: 'persistentvolumes',
    kind: 'PersistentVolume',
    namespaced: false,
    shortNames: ['pv'],
    subresources: ['status'],
  },
  {
    plural: 'replicationcontrollers',
    kind: 'ReplicationController',
    shortNames: ['rc'],
    generation: true,
    subresources: ['status', 'scale'],
  },
  { plural: 'events', kind: 'Event', shortNames: ['ev'] },
  { plural: 'resourcequotas', kind: 'ResourceQuota', shortNames: ['quota'], subresources: ['status'] },
  ...inGroup('apps', [
    {
      plural: 'deployments',
      kind: 'Deployment',
      shortNames: ['deploy'],
      generation: true,
      subresources: ['status', 'scale'],
    },
    {
      plural: 'replicasets',
      kind: 'ReplicaSet',
      shortNames: ['rs'],
      generation: true,
      subresources: ['status', 'scale'],
    },
    {
      plural: 'statefulsets',
      kind: 'StatefulSet',
      shortNames: ['sts'],
      generation: true,
      subresources: ['status', 'scale'],
    },
    {
      plural: 'daemonsets',
      kind: 'DaemonSet',
      shortNames: ['ds'],
      generation: true,
      subresources: ['status'],
    },
    { plural: 'controllerrevisions', kind: 'ControllerRevision' },
  ]),
  ...inGroup('batch', [
    { plural: 'jobs', kind: 'Job', generation: true, subresources: ['status'] },
    {
      plural: 'cronjobs',
      kind: 'CronJob',
      shortNames: ['cj'],
      generation: true,
      subresources: ['status'],
    },
  ]),
  ...inGroup('policy', [
    {
      plural: 'poddisruptionbudgets',
      kind: 'PodDisruptionBudget',
      shortNames: ['pdb'],
      generation: true,
      subresources: ['status'],
    },
  ]),
];

function inGroup(group: string, rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, group }));
}

export const RESOURCES: readonly Resource[] = ROWS.map((row) => ({
  singular: row.kind.toLowerCase(),
  group: '',
  version: 'v1',
  namespaced: true,
  shortNames: [],
  generation: false,
  subresources: [],
  ...row,
}));

const byPlural = new Map(RESOURCES.map((resource) => [resource.plural, resource]));

/** @throws for a name that is not in the table, which is an error in the sandbox's own code */
export function resourceNamed(plural: string): Resource {
  const resource = byPlural.get(plural);
  if (!resource) throw new Error(`The sandbox has no Kubernetes resource ${plural}.`);
  return resource;
}

/** The `apiVersion` of a resource's objects: for example `apps/v1`, or `v1` in the core group. */
export function apiVersionOf({ group, version }: Pick<Resource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The name of a resource in messages: `pods`, `deployments.apps`. */
export function qualifiedName({ plural, group }: Pick<Resource, 'plural' | 'group'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}
