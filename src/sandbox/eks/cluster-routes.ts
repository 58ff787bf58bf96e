/** EKS operations on clusters, and on the updates of clusters, node groups and add-ons. */
import type { ClusterEndpoint } from '../kubernetes/api/api-servers';
import { operation, parseJson } from '../protocols/operation';
import type { Route } from '../protocols/rest-json';
import type { SandboxSettings } from '../settings';
import type { EksClusters } from './cluster';
import type { ClusterUpdates } from './cluster-updates';
import { findCluster, paged, updatesOf } from './lookups';
import { notFound } from './refusals';
import * as shapes from './shapes';
import { shownUpdate } from './update';

const PAGING = { maxResults: 'one', nextToken: 'one' } as const;

export function clusterRoutes(
  clusters: EksClusters,
  settings: SandboxSettings,
  clusterUpdates: ClusterUpdates,
  endpointOf: (arn: string) => Promise<ClusterEndpoint>,
): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/clusters',
      query: { ...PAGING, include: 'many' },
      operation: operation('ListClusters', shapes.listClusters, (input, { region }) => {
        const names = clusters.list(region).map(({ facts }) => facts.name);
        const page = paged(settings, 'clusters', names, input);
        return { clusters: page.items, nextToken: page.nextToken };
      }),
    },
    {
      method: 'GET',
      path: '/clusters/{name}',
      labels: { name: 'clusterName' },
      operation: operation('DescribeCluster', shapes.describeCluster, async ({ clusterName }, { region }) => {
        const cluster = findCluster(clusters, region, clusterName);
        const endpoint = await endpointOf(cluster.facts.arn);
        return {
          cluster: cluster.description(settings.current.eks.autoMode.includes(clusterName), endpoint),
        };
      }),
    },
    {
      method: 'GET',
      path: '/clusters/{name}/updates/{updateId}',
      query: shapes.OF_OWNER,
      operation: operation('DescribeUpdate', shapes.describeUpdate, (input, { region }) => {
        const updates = updatesOf(findCluster(clusters, region, input.name), input);
        const update = updates.find(({ id }) => id === input.updateId);
        if (!update) throw notFound(`No update found for ID: ${input.updateId}`, { clusterName: input.name });
        return { update: shownUpdate(update) };
      }),
    },
    {
      method: 'POST',
      path: '/clusters/{name}/updates',
      operation: operation('UpdateClusterVersion', shapes.updateClusterVersion, (input, request) => {
        const cluster = findCluster(clusters, request.region, input.name);
        return {
          update: shownUpdate(clusterUpdates.start({ cluster, input, body: parseJson(request.body) })),
        };
      }),
    },
    {
      method: 'POST',
      path: '/clusters/{name}/updates/{updateId}/cancel-update',
      operation: operation('CancelUpdate', shapes.cancelUpdate, (input, request) => {
        const cluster = findCluster(clusters, request.region, input.name);
        return {
          update: shownUpdate(clusterUpdates.cancel({ cluster, input, body: parseJson(request.body) })),
        };
      }),
    },
  ];
}
