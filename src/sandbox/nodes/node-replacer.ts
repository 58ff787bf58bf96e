/** Carries out updates of EKS node groups on their nodes in Kubernetes. */
import type { EksCluster } from '../eks/cluster';
import type { Nodegroup, NodegroupState } from '../eks/nodegroup';
import type { NodesOfGroups, ReplaceRequest } from '../eks/nodegroup-updates';
import { imageIdOf, versionNamed } from '../eks/versions';
import type { AuditLog } from '../kubernetes/audit-log';
import type { KubernetesClusters } from '../kubernetes/cluster-api';
import type { KubeNode } from '../kubernetes/kinds';
import { evictForNodeManager } from '../kubernetes/node-manager';
import type { UpdateError } from '../settings';
import type { Evict } from './drain';
import { GroupNodes, type NodeParts } from './group-nodes';
import { relabelled } from './node-object';
import { Replacement } from './replacement';

export interface NodeReplacerParts extends NodeParts {
  readonly kubernetes: KubernetesClusters;
  readonly audit: AuditLog;
}

/**
 * Replaces and configures the nodes of EKS's node groups. The first request for a cluster's nodes makes the
 * cluster's `KubernetesCluster` if it does not exist yet.
 */
export class NodeReplacer implements NodesOfGroups {
  constructor(private readonly parts: NodeReplacerParts) {}

  replace(
    { cluster, nodegroup, target, force, atOnce, pace }: ReplaceRequest,
    done: (errors: readonly UpdateError[]) => void,
  ): { cancel(): void } {
    const nodes = this.nodesOf(cluster, nodegroup);
    return new Replacement({
      nodes,
      kubernetes: this.parts.kubernetes.of(cluster),
      evict: this.evict,
      target,
      old: outdated(nodes, target),
      atOnce,
      strategy: target.updateConfig.updateStrategy ?? 'DEFAULT',
      force,
      pace,
      done,
    });
  }

  configure(cluster: EksCluster, nodegroup: Nodegroup, before: NodegroupState): void {
    const nodes = this.nodesOf(cluster, nodegroup);
    const { store } = this.parts.kubernetes.of(cluster);
    const { state } = nodegroup;
    for (const node of nodes.list()) store.update('nodes', relabelled(node, before, state));
    const all = nodes.list();
    for (let count = all.length; count < state.scaling.desiredSize; count += 1) nodes.addReady(state);
    for (const node of all.slice(state.scaling.desiredSize)) nodes.terminate(node);
  }

  private nodesOf(cluster: EksCluster, nodegroup: Nodegroup): GroupNodes {
    return new GroupNodes(cluster, nodegroup, this.parts.kubernetes.of(cluster), this.parts);
  }

  private readonly evict: Evict = (cluster, { metadata: { namespace = '', name } }) =>
    evictForNodeManager(cluster, this.parts.audit, { namespace, name }) === undefined;
}

/** The nodes that differ from the target. If no node differs, all nodes: EKS then replaces all of them. */
function outdated(nodes: GroupNodes, target: NodegroupState): readonly KubeNode[] {
  const image = imageIdOf(nodes.group.facts.amiType, target.releaseVersion);
  const all = nodes.list();
  const old = all.filter(({ metadata, status }) => {
    const labels = metadata.labels ?? {};
    const version = labels['eks.amazonaws.com/sourceLaunchTemplateVersion'];
    const { kubeletVersion } = status['nodeInfo'] as { readonly kubeletVersion: string };
    return (
      labels['eks.amazonaws.com/nodegroup-image'] !== image ||
      version !== target.launchTemplate?.version ||
      !kubeletVersion.startsWith(`v${versionNamed(target.version)?.patch ?? target.version}-`)
    );
  });
  return old.length > 0 ? old : all;
}
