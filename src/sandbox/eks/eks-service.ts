/** Amazon EKS, limited to Slipway's requests. */
import type { ClusterEndpoint } from '../kubernetes/api/api-servers';
import { RestJsonService } from '../protocols/rest-json';
import type { SandboxService } from '../sandbox-service';
import { clusterLists } from './cluster-lists';
import { clusterRoutes } from './cluster-routes';
import { ClusterUpdates } from './cluster-updates';
import { InsightsRefreshes } from './insights-refresh';
import { nodegroupRoutes } from './nodegroup-routes';
import type { NodegroupUpdateParts, NodegroupUpdates } from './nodegroup-updates';
import { readinessRoutes } from './readiness-routes';
import type { VersionUpdateParts } from './version-update';

interface EndpointParts {
  /** The endpoint of the API server of the cluster with that ARN. Starts the server if it is not running. */
  readonly endpointOf: (arn: string) => Promise<ClusterEndpoint>;
}

export function eksService(
  updates: NodegroupUpdates,
  parts: NodegroupUpdateParts & VersionUpdateParts & EndpointParts,
): SandboxService {
  const { clusters, settings, clock, timeline } = parts;
  const routes = [
    ...clusterRoutes(clusters, settings, new ClusterUpdates(parts), parts.endpointOf),
    ...clusterLists(clusters, settings),
    ...nodegroupRoutes(clusters, updates, parts),
    ...readinessRoutes(clusters, settings, clock, new InsightsRefreshes(clock, timeline)),
  ];
  return new RestJsonService('eks', routes, 'InvalidParameterException', () => {
    timeline.settle();
    return undefined;
  });
}
