/** Shapes of the inputs of EKS, by https://docs.aws.amazon.com/eks/latest/APIReference/. */
import {
  boolean,
  integer,
  list,
  type Members,
  map,
  oneOf,
  structure,
  text,
  textBoolean,
  textInteger,
  type Value,
} from '../shapes';

const paging = { maxResults: textInteger({ min: 1, max: 100 }), nextToken: text() };
const clusterName = text();
const nodegroupName = text();
const inCluster = ['clusterName'] as const;
const inNodegroup = ['clusterName', 'nodegroupName'] as const;
/** Only operations on add-ons have a pattern for cluster names. */
const addonClusterName = text({ min: 1, max: 100, pattern: '^[0-9A-Za-z][A-Za-z0-9\\-_]*' });

/** Input of an operation that lists things of a cluster, page by page. */
export function pagesIn<M extends Members>(members: M) {
  return structure({ clusterName, ...members, ...paging }, inCluster);
}

export const listClusters = structure({ ...paging, include: list(text()) });
export const describeCluster = structure({ clusterName }, inCluster);
export const describeNodegroup = structure({ clusterName, nodegroupName }, inNodegroup);

export const updateNodegroupVersion = structure(
  {
    clusterName,
    nodegroupName,
    version: text(),
    releaseVersion: text(),
    launchTemplate: structure({ id: text(), name: text(), version: text() }),
    force: boolean,
    clientRequestToken: text(),
  },
  inNodegroup,
);
export type UpdateNodegroupVersion = Value<typeof updateNodegroupVersion>;

const percentage = integer({ min: 1, max: 100 });
const label = text({ min: 1, max: 63 });
const taints = list(
  structure({
    key: text({ min: 1, max: 63 }),
    value: text({ max: 63 }),
    effect: oneOf('NO_SCHEDULE', 'NO_EXECUTE', 'PREFER_NO_SCHEDULE'),
  }),
);

export const updateNodegroupConfig = structure(
  {
    clusterName,
    nodegroupName,
    labels: structure({ addOrUpdateLabels: map(label, label), removeLabels: list(text()) }),
    taints: structure({ addOrUpdateTaints: taints, removeTaints: taints }),
    scalingConfig: structure({
      minSize: integer({ min: 0 }),
      maxSize: integer({ min: 1 }),
      desiredSize: integer({ min: 0 }),
    }),
    updateConfig: structure({
      maxUnavailable: integer({ min: 1 }),
      maxUnavailablePercentage: percentage,
      updateStrategy: oneOf('DEFAULT', 'MINIMAL'),
    }),
    clientRequestToken: text(),
  },
  inNodegroup,
);
export type UpdateNodegroupConfig = Value<typeof updateNodegroupConfig>;

export const updateClusterVersion = structure(
  {
    name: text(),
    version: text(),
    clientRequestToken: text(),
    force: boolean,
    rollbackConfig: structure({ timeoutMinutes: integer({ min: 120, max: 10_080 }) }),
  },
  ['name', 'version'],
);
export type UpdateClusterVersion = Value<typeof updateClusterVersion>;
export const cancelUpdate = structure({ name: text(), updateId: text(), clientRequestToken: text() }, [
  'name',
  'updateId',
]);
export type CancelUpdate = Value<typeof cancelUpdate>;
export const insightsRefresh = structure({ clusterName }, inCluster);

const whose = { nodegroupName: text(), addonName: text(), capabilityName: text() };
export const describeUpdate = structure({ name: text(), updateId: text(), ...whose }, ['name', 'updateId']);
export const listUpdates = pagesIn(whose);
/** The node group, add-on or capability to which an update belongs. If none is named, the cluster itself. */
export type UpdateOwner = Pick<Value<typeof listUpdates>, keyof typeof whose>;
/** The members of {@link UpdateOwner} as query parameters, each with a single value. */
export const OF_OWNER = { nodegroupName: 'one', addonName: 'one', capabilityName: 'one' } as const;

export const describeClusterVersions = structure({
  ...paging,
  clusterType: text(),
  defaultOnly: textBoolean,
  includeAll: textBoolean,
  clusterVersions: list(text()),
  status: oneOf('unsupported', 'standard-support', 'extended-support'),
  versionStatus: oneOf('UNSUPPORTED', 'STANDARD_SUPPORT', 'EXTENDED_SUPPORT'),
});

export const listInsights = structure(
  {
    clusterName,
    filter: structure({
      categories: list(oneOf('UPGRADE_READINESS', 'MISCONFIGURATION', 'ROLLBACK_READINESS')),
      kubernetesVersions: list(text()),
      statuses: list(oneOf('PASSING', 'WARNING', 'ERROR', 'UNKNOWN')),
    }),
    maxResults: integer({ min: 1, max: 100 }),
    nextToken: text(),
  },
  inCluster,
);
export const describeInsight = structure({ clusterName, id: text() }, ['clusterName', 'id']);

export const listAddons = structure({ clusterName: addonClusterName, ...paging }, inCluster);
export const describeAddon = structure({ clusterName: addonClusterName, addonName: text() }, [
  'clusterName',
  'addonName',
]);
export const describeAddonVersions = structure({
  ...paging,
  kubernetesVersion: text(),
  addonName: text(),
  types: list(text()),
  publishers: list(text()),
  owners: list(text()),
});
