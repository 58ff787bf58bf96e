/** EKS operations on managed node groups. */
import { type JsonObject, operation, parseJson } from '../protocols/operation';
import type { Route } from '../protocols/rest-json';
import { isRecord } from '../shapes';
import type { EksClusters } from './cluster';
import { prepareConfigUpdate } from './config-update';
import { findCluster, findNodegroup } from './lookups';
import type { NodegroupUpdates } from './nodegroup-updates';
import { invalidRequest } from './refusals';
import * as shapes from './shapes';
import { type EksUpdate, shownUpdate } from './update';
import { prepareVersionUpdate, type VersionUpdateParts } from './version-update';

const NODEGROUP = '/clusters/{name}/node-groups/{nodegroupName}';
const LABELS = { name: 'clusterName' };

export function nodegroupRoutes(
  clusters: EksClusters,
  updates: NodegroupUpdates,
  parts: VersionUpdateParts,
): readonly Route[] {
  return [
    {
      method: 'GET',
      path: NODEGROUP,
      labels: LABELS,
      operation: operation('DescribeNodegroup', shapes.describeNodegroup, (input, { region }) => {
        const cluster = findCluster(clusters, region, input.clusterName);
        return { nodegroup: findNodegroup(cluster, input.nodegroupName).description(input.clusterName) };
      }),
    },
    {
      method: 'POST',
      path: `${NODEGROUP}/update-version`,
      labels: LABELS,
      operation: operation('UpdateNodegroupVersion', shapes.updateNodegroupVersion, (input, request) => {
        const cluster = findCluster(clusters, request.region, input.clusterName);
        const nodegroup = findNodegroup(cluster, input.nodegroupName);
        const asked = { cluster, nodegroup, input, body: parseJson(request.body), by: 'caller' } as const;
        return started(updates.accept(asked, (one) => prepareVersionUpdate(one, parts)));
      }),
    },
    {
      method: 'POST',
      path: `${NODEGROUP}/update-config`,
      labels: LABELS,
      operation: operation('UpdateNodegroupConfig', shapes.updateNodegroupConfig, (input, request) => {
        const cluster = findCluster(clusters, request.region, input.clusterName);
        const nodegroup = findNodegroup(cluster, input.nodegroupName);
        const body = parseJson(request.body);
        const unplayed = ['nodeRepairConfig', 'warmPoolConfig'].find(
          (name) => isRecord(body) && name in body,
        );
        if (unplayed) throw invalidRequest(`The sandbox does not play ${unplayed}.`, input);
        const asked = { cluster, nodegroup, input, body, by: 'caller' } as const;
        return started(updates.accept(asked, (one) => prepareConfigUpdate(one, parts.settings)));
      }),
    },
  ];
}

function started(update: EksUpdate): JsonObject {
  return { update: shownUpdate(update) };
}
