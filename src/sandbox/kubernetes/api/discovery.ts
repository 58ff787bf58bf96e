/** The API's description of itself: its version, health, groups and resources. */

import { omitEmpty } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import { apiVersionOf, RESOURCES, type Resource, type Subresource } from '../resources';

const CATEGORY_ALL = new Set([
  ...[
    'pods',
    'services',
    'replicationcontrollers',
    'deployments',
    'replicasets',
    'statefulsets',
    'daemonsets',
  ],
  ...['jobs', 'cronjobs'],
]);

const READ_AND_WRITE = ['get', 'patch', 'update'];
const OWN: Readonly<Record<Subresource, (kind: string) => JsonObject>> = {
  status: (kind) => ({ kind, verbs: READ_AND_WRITE }),
  scale: () => ({ group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: READ_AND_WRITE }),
  eviction: () => ({ group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create'] }),
  log: (kind) => ({ kind, verbs: ['get'] }),
};

/**
 * Groups without their own stored objects: reviews of the caller, and events.k8s.io, which shows the core group's
 * events.
 */
const VIRTUAL: readonly (readonly [apiVersion: string, resources: readonly JsonObject[]])[] = [
  [
    'authentication.k8s.io/v1',
    [
      {
        name: 'selfsubjectreviews',
        singularName: 'selfsubjectreview',
        namespaced: false,
        kind: 'SelfSubjectReview',
        verbs: ['create'],
      },
    ],
  ],
  [
    'authorization.k8s.io/v1',
    [
      {
        name: 'selfsubjectaccessreviews',
        singularName: 'selfsubjectaccessreview',
        namespaced: false,
        kind: 'SelfSubjectAccessReview',
        verbs: ['create'],
      },
    ],
  ],
  ['events.k8s.io/v1', RESOURCES.filter(({ plural }) => plural === 'events').flatMap(described)],
];

/**
 * @param version of the control plane, such as `1.33`.
 * @returns undefined if the path does not belong to discovery
 */
export function discovery(path: string, version: string): JsonObject | string | undefined {
  const { 1: root, 2: group, 3: end } = path.split('/');
  const rest = path.replace(/\/$/, '');
  switch (rest) {
    case '/version':
      return versionInfo(version);
    case '/healthz':
    case '/livez':
    case '/readyz':
      return 'ok';
    case '/api':
      return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
    case '/apis':
      return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupNames().map(groupOf) };
    case '/api/v1':
      return resourceList('v1');
  }
  if (root !== 'apis' || group === undefined || !groupNames().includes(group)) return undefined;
  if (rest === `/apis/${group}`) return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) };
  return end === 'v1' && rest === `/apis/${group}/v1` ? resourceList(`${group}/v1`) : undefined;
}

function versionInfo(version: string): JsonObject {
  const [major = '1', minor = '0'] = version.split('.');
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    gitVersion: `v${version}.5-eks-3cfe0ce`,
    gitCommit: '4a5f8c1b0d5d8bf0b1e6a9d3e2f7c6b5a4938271',
    gitTreeState: 'clean',
    buildDate: '2026-01-15T02:21:40Z',
    goVersion: 'go1.24.6',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

function groupNames(): readonly string[] {
  const stored = RESOURCES.map(({ group }) => group).filter((group) => group !== '');
  return [...new Set([...stored, ...VIRTUAL.map(([apiVersion]) => apiVersion.replace('/v1', ''))])];
}

function groupOf(name: string): JsonObject {
  const version = { groupVersion: `${name}/v1`, version: 'v1' };
  return { name, versions: [version], preferredVersion: version };
}

function resourceList(groupVersion: string): JsonObject {
  const virtual = VIRTUAL.find(([apiVersion]) => apiVersion === groupVersion)?.[1];
  const stored = RESOURCES.filter((resource) => apiVersionOf(resource) === groupVersion);
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: virtual ?? stored.flatMap(described),
  };
}

function described(resource: Resource): readonly JsonObject[] {
  const { plural, singular, kind, namespaced, shortNames, subresources } = resource;
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
      ...omitEmpty({ shortNames }),
      ...(CATEGORY_ALL.has(plural) && { categories: ['all'] }),
    },
    ...subresources.map((name) => ({
      name: `${plural}/${name}`,
      singularName: '',
      namespaced,
      ...OWN[name](kind),
    })),
  ];
}
