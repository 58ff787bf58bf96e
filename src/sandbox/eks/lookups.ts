/** Finds clusters, node groups and updates, and cuts lists into pages; refuses in the words of EKS. */
import { type Page, pageOf } from '../protocols/pages';
import type { SandboxSettings } from '../settings';
import type { EksCluster, EksClusters } from './cluster';
import type { Nodegroup } from './nodegroup';
import { invalidParameter, notFound } from './refusals';
import type { UpdateOwner } from './shapes';
import type { EksUpdate } from './update';

/**
 * @throws a refusal when there is no such cluster. {@link findNodegroup} and {@link paged} likewise refuse an
 * unknown node group and an invalid token.
 */
export function findCluster(clusters: EksClusters, region: string, clusterName: string): EksCluster {
  const found = clusters.find(region, clusterName);
  if (!found) throw notFound(`No cluster found for name: ${clusterName}.`, { clusterName });
  return found;
}

export function findNodegroup(cluster: EksCluster, nodegroupName: string): Nodegroup {
  const found = cluster.nodegroups.get(nodegroupName);
  if (!found)
    throw notFound(`No node group found for name: ${nodegroupName}.`, {
      clusterName: cluster.facts.name,
      nodegroupName,
    });
  return found;
}

/**
 * The updates of the node group that `owner` names; if it names nothing, those of the cluster's control
 * plane. Empty for an add-on or a capability: the sandbox never updates these.
 */
export function updatesOf(cluster: EksCluster, owner: UpdateOwner): readonly EksUpdate[] {
  if (owner.nodegroupName !== undefined) return findNodegroup(cluster, owner.nodegroupName).updates;
  if (owner.addonName === undefined && owner.capabilityName === undefined) return cluster.updates;
  return [];
}

export function paged<T>(
  settings: SandboxSettings,
  list: string,
  all: readonly T[],
  input: { readonly maxResults?: number; readonly nextToken?: string },
): Page<T> {
  const page = pageOf(all, { ...input, list, ceiling: settings.current.pageSize });
  if (!page) throw invalidParameter('Invalid nextToken');
  return page;
}
