/** EKS operations that show whether a cluster is ready for another version: versions, insights, add-ons. */
import { type JsonObject, operation } from '../protocols/operation';
import type { Route } from '../protocols/rest-json';
import type { SandboxClock } from '../sandbox-service';
import type { SandboxSettings } from '../settings';
import { ADDON_CATALOG, addonDescription, offeredAddon } from './addons';
import type { EksClusters } from './cluster';
import { insightDescription } from './insights';
import type { InsightsRefreshes } from './insights-refresh';
import { findCluster, paged } from './lookups';
import { notFound } from './refusals';
import * as shapes from './shapes';
import { KUBERNETES_VERSIONS, type KubernetesVersion, supportOf } from './versions';

const PAGING = { maxResults: 'one', nextToken: 'one' } as const;
const LABELS = { name: 'clusterName' };

export function readinessRoutes(
  clusters: EksClusters,
  settings: SandboxSettings,
  clock: SandboxClock,
  refreshes: InsightsRefreshes,
): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/cluster-versions',
      query: {
        ...PAGING,
        clusterType: 'one',
        defaultOnly: 'one',
        includeAll: 'one',
        clusterVersions: 'many',
        status: 'one',
        versionStatus: 'one',
      },
      operation: operation('DescribeClusterVersions', shapes.describeClusterVersions, (input) => {
        const now = clock.now();
        const asked = input.versionStatus ?? input.status?.replace('-', '_').toUpperCase();
        const found = KUBERNETES_VERSIONS.filter((version) => {
          const { status } = supportOf(version, now);
          if (input.defaultOnly && !version.isDefault) return false;
          if (input.clusterVersions && !input.clusterVersions.includes(version.name)) return false;
          if (asked !== undefined) return status === asked;
          return input.includeAll || input.clusterVersions !== undefined || status !== 'UNSUPPORTED';
        });
        const page = paged(settings, 'cluster-versions', found, input);
        return {
          clusterVersions: page.items.map((version) => shownVersion(version, now)),
          nextToken: page.nextToken,
        };
      }),
    },
    {
      method: 'GET',
      path: '/clusters/{name}/insights/{id}',
      labels: LABELS,
      operation: operation('DescribeInsight', shapes.describeInsight, ({ clusterName, id }, { region }) => {
        const found = findCluster(clusters, region, clusterName).insights.find((one) => one.id === id);
        if (!found) throw notFound(`No insight found for ID: ${id}`, { clusterName });
        return { insight: insightDescription(found) };
      }),
    },
    {
      method: 'POST',
      path: '/clusters/{name}/insights-refresh',
      labels: LABELS,
      operation: operation('StartInsightsRefresh', shapes.insightsRefresh, ({ clusterName }, { region }) =>
        refreshes.start(findCluster(clusters, region, clusterName)),
      ),
    },
    {
      method: 'GET',
      path: '/clusters/{name}/insights-refresh',
      labels: LABELS,
      operation: operation('DescribeInsightsRefresh', shapes.insightsRefresh, ({ clusterName }, { region }) =>
        refreshes.describe(findCluster(clusters, region, clusterName)),
      ),
    },
    {
      method: 'GET',
      path: '/clusters/{name}/addons/{addonName}',
      labels: LABELS,
      operation: operation(
        'DescribeAddon',
        shapes.describeAddon,
        ({ clusterName, addonName }, { region }) => {
          const found = findCluster(clusters, region, clusterName).addons.get(addonName);
          if (!found)
            throw notFound(`No addon: ${addonName} found in cluster: ${clusterName}`, {
              clusterName,
              addonName,
            });
          return { addon: addonDescription(found, clusterName) };
        },
      ),
    },
    {
      method: 'GET',
      path: '/addons/supported-versions',
      query: {
        ...PAGING,
        kubernetesVersion: 'one',
        addonName: 'one',
        types: 'many',
        publishers: 'many',
        owners: 'many',
      },
      operation: operation('DescribeAddonVersions', shapes.describeAddonVersions, (input) => {
        const found = ADDON_CATALOG.filter(
          ({ name, type }) =>
            (input.addonName ?? name) === name &&
            (input.types?.includes(type) ?? true) &&
            (input.publishers?.includes('eks') ?? true) &&
            (input.owners?.includes('aws') ?? true),
        );
        const page = paged(settings, 'addon-versions', found, input);
        return {
          addons: page.items.map((addon) => offeredAddon(addon, input.kubernetesVersion)),
          nextToken: page.nextToken,
        };
      }),
    },
  ];
}

function shownVersion(version: KubernetesVersion, now: number): JsonObject {
  const { status, release, endOfStandard, endOfExtended } = supportOf(version, now);
  return {
    clusterVersion: version.name,
    clusterType: 'eks',
    defaultPlatformVersion: version.platform,
    defaultVersion: version.isDefault ?? false,
    releaseDate: release / 1000,
    endOfStandardSupportDate: endOfStandard / 1000,
    endOfExtendedSupportDate: endOfExtended / 1000,
    status: status.replace('_', '-').toLowerCase(),
    versionStatus: status,
    kubernetesPatchVersion: version.patch,
  };
}
