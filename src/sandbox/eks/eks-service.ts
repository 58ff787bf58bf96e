/** Amazon EKS, as far as Slipway uses it. */
import { RestJsonService } from '../protocols/rest-json';
import type { SandboxService } from '../sandbox-service';
import { clusterRoutes } from './cluster-routes';
import { ClusterUpdates } from './cluster-updates';
import { InsightsRefreshes } from './insights-refresh';
import { nodegroupRoutes } from './nodegroup-routes';
import type { NodegroupUpdateParts, NodegroupUpdates } from './nodegroup-updates';
import { readinessRoutes } from './readiness-routes';
import type { VersionUpdateParts } from './version-update';

export function eksService(
  updates: NodegroupUpdates,
  parts: NodegroupUpdateParts & VersionUpdateParts,
): SandboxService {
  const { clusters, settings, clock, timeline } = parts;
  const routes = [
    ...clusterRoutes(clusters, settings, new ClusterUpdates(parts)),
    ...nodegroupRoutes(clusters, updates, parts),
    ...readinessRoutes(clusters, settings, clock, new InsightsRefreshes(clock, timeline)),
  ];
  return new RestJsonService('eks', routes, 'InvalidParameterException', () => {
    timeline.settle();
    return undefined;
  });
}
