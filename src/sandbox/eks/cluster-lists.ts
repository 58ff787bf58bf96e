/** The EKS operations that list the parts of a cluster, page by page. */
import { type Json, operation } from '../protocols/operation';
import type { Route } from '../protocols/rest-json';
import type { SandboxSettings } from '../settings';
import type { Shape } from '../shapes';
import type { EksCluster, EksClusters } from './cluster';
import { insightSummary } from './insights';
import { findCluster, paged, updatesOf } from './lookups';
import * as shapes from './shapes';

interface Asked {
  readonly clusterName: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

interface ClusterList<A extends Asked> {
  /** The operation's name, in the AWS model's spelling. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Path of the list, relative to the cluster's path. */
  readonly path: string;
  readonly input: Shape<A>;
  /** Input members that are in the query string, in addition to those of paging. */
  readonly query?: Route['query'];
  /** Name of the answer's member that holds the list, such as `nodegroups`. */
  readonly member: string;
  items(cluster: EksCluster, asked: A): readonly Json[];
}

type RouteOf = (clusters: EksClusters, settings: SandboxSettings) => Route;

const LISTS: readonly RouteOf[] = [
  listed({
    name: 'ListNodegroups',
    method: 'GET',
    path: 'node-groups',
    input: shapes.pagesIn({}),
    member: 'nodegroups',
    items: ({ nodegroups }) => [...nodegroups.keys()],
  }),
  listed({
    name: 'ListUpdates',
    method: 'GET',
    path: 'updates',
    query: shapes.OF_OWNER,
    input: shapes.listUpdates,
    member: 'updateIds',
    // AWS promises no order. The updates are sorted by their random ids, so that no caller can rely on
    // their order.
    items: (cluster, owner) =>
      updatesOf(cluster, owner)
        .map(({ id }) => id)
        .sort(),
  }),
  listed({
    name: 'ListAddons',
    method: 'GET',
    path: 'addons',
    input: shapes.listAddons,
    member: 'addons',
    items: ({ addons }) => [...addons.keys()],
  }),
  listed({
    name: 'ListInsights',
    method: 'POST',
    path: 'insights',
    input: shapes.listInsights,
    member: 'insights',
    items: ({ insights }, { filter: { categories, kubernetesVersions, statuses } = {} }) =>
      insights
        .filter(
          ({ category, kubernetesVersion, status }) =>
            (categories?.includes(category) ?? true) &&
            (kubernetesVersions?.includes(kubernetesVersion) ?? true) &&
            (statuses?.includes(status) ?? true),
        )
        .map(insightSummary),
  }),
];

export function clusterLists(clusters: EksClusters, settings: SandboxSettings): readonly Route[] {
  return LISTS.map((routeOf) => routeOf(clusters, settings));
}

function listed<A extends Asked>({
  name,
  method,
  path,
  query,
  input,
  member,
  items,
}: ClusterList<A>): RouteOf {
  return (clusters, settings) => ({
    method,
    path: `/clusters/{name}/${path}`,
    labels: { name: 'clusterName' },
    // A POST has the members of paging in its body.
    ...(method === 'GET' && { query: { maxResults: 'one', nextToken: 'one', ...query } }),
    operation: operation(name, input, (asked, { region }) => {
      const all = items(findCluster(clusters, region, asked.clusterName), asked);
      const list = `${name} ${JSON.stringify({ ...asked, maxResults: undefined, nextToken: undefined })}`;
      const page = paged(settings, list, all, asked);
      return { [member]: page.items, nextToken: page.nextToken };
    }),
  });
}
