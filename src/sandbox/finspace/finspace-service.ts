/** Amazon FinSpace, limited to Slipway's requests: kdb environments, clusters, nodes and code updates. */
import { operation, parseJson } from '../protocols/operation';
import { type Page, pageOf } from '../protocols/pages';
import { Refusal } from '../protocols/refusal';
import { RestJsonService, type Route } from '../protocols/rest-json';
import type { SandboxService } from '../sandbox-service';
import type { SandboxSettings } from '../settings';
import type { KdbCluster } from './cluster';
import type { CodeUpdater, UpdateParts } from './code-update';
import { afterTheEnd } from './end';
import { type KdbEnvironment, type KdbEnvironments, shownEnvironment } from './environment';
import * as shapes from './shapes';

export function finspaceService(
  environments: KdbEnvironments,
  updater: CodeUpdater,
  parts: UpdateParts,
): SandboxService {
  const { accountId, settings } = parts;
  const routes: readonly Route[] = [
    {
      method: 'GET',
      path: '/kx/environments',
      query: { nextToken: 'one', maxResults: 'one' },
      operation: operation('ListKxEnvironments', shapes.listEnvironments, (input, { region }) => {
        const page = paged(settings, environments.list(region), 'environments', input);
        return {
          environments: page.items.map((one) => shownEnvironment(one, accountId)),
          nextToken: page.nextToken,
        };
      }),
    },
    {
      method: 'GET',
      path: ENVIRONMENT,
      operation: operation('GetKxEnvironment', shapes.getEnvironment, ({ environmentId }, { region }) =>
        shownEnvironment(findEnvironment(environments, region, environmentId), accountId),
      ),
    },
    {
      method: 'GET',
      path: `${ENVIRONMENT}/clusters`,
      query: { clusterType: 'one', nextToken: 'one', maxResults: 'one' },
      operation: operation('ListKxClusters', shapes.listClusters, (input, { region }) => {
        const { clusters, id } = findEnvironment(environments, region, input.environmentId);
        const wanted = [...clusters.values()].filter(
          ({ facts }) => input.clusterType === undefined || facts.type === input.clusterType,
        );
        const page = paged(settings, wanted, `clusters ${id} ${input.clusterType ?? ''}`, input);
        return { kxClusterSummaries: page.items.map((one) => one.summary()), nextToken: page.nextToken };
      }),
    },
    {
      method: 'GET',
      path: CLUSTER,
      operation: operation('GetKxCluster', shapes.getCluster, (input, { region }) =>
        findCluster(environments, region, input).cluster.description(),
      ),
    },
    {
      method: 'GET',
      path: `${CLUSTER}/nodes`,
      query: { nextToken: 'one', maxResults: 'one' },
      operation: operation('ListKxClusterNodes', shapes.listNodes, (input, { region }) => {
        const { cluster, environment } = findCluster(environments, region, input);
        const page = paged(settings, cluster.nodes(), `nodes ${environment.id} ${cluster.facts.name}`, input);
        return { nodes: page.items, nextToken: page.nextToken };
      }),
    },
    {
      method: 'PUT',
      path: `${CLUSTER}/configuration/code`,
      operation: operation(
        'UpdateKxClusterCodeConfiguration',
        shapes.updateCode,
        async (input, { region, body }) => {
          const found = findCluster(environments, region, input);
          await updater.accept({ ...found, input, body: parseJson(body), by: 'caller' });
          return {};
        },
      ),
    },
  ];
  return new RestJsonService('finspace', routes, 'ValidationException', () => {
    parts.timeline.settle();
    return afterTheEnd(settings.current.finspace.ended);
  });
}

const ENVIRONMENT = '/kx/environments/{environmentId}';
const CLUSTER = `${ENVIRONMENT}/clusters/{clusterName}`;

export interface FoundCluster {
  readonly environment: KdbEnvironment;
  readonly cluster: KdbCluster;
}

/** @throws a {@link Refusal} if the environment or the cluster does not exist */
export function findCluster(
  environments: KdbEnvironments,
  region: string,
  { environmentId, clusterName }: { readonly environmentId: string; readonly clusterName: string },
): FoundCluster {
  const environment = findEnvironment(environments, region, environmentId);
  const cluster = environment.clusters.get(clusterName);
  if (!cluster) throw new Refusal(404, 'ResourceNotFoundException', `There is no cluster ${clusterName}.`);
  return { environment, cluster };
}

export function findEnvironment(environments: KdbEnvironments, region: string, id: string): KdbEnvironment {
  const found = environments.find(region, id);
  if (!found) throw new Refusal(404, 'ResourceNotFoundException', `There is no environment ${id}.`);
  return found;
}

function paged<T>(
  settings: SandboxSettings,
  all: readonly T[],
  list: string,
  input: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
): Page<T> {
  const page = pageOf(all, { ...input, list, ceiling: settings.current.pageSize });
  if (!page) throw new Refusal(400, 'ValidationException', 'The nextToken is not valid.');
  return page;
}
