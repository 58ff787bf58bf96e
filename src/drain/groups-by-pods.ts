/** Which node groups nodes are in, as far as pods tell: for those who may not list nodes. */
import type { Pod } from '../model/kubernetes';

/**
 * By name of the node. A pod that asks for nodes of one group runs on such a node alone: the scheduler puts it nowhere
 * else, and a kubelet refuses it. Nodes of which no pod tells, or of which pods tell different things, are left out.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodeselector
 */
export function groupsByPods(pods: Iterable<Pod>): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  const disputed = new Set<string>();
  for (const { nodeName, nodegroup, phase } of pods) {
    if (nodeName === undefined || nodegroup === undefined || phase !== 'Running') continue;
    if ((groups.get(nodeName) ?? nodegroup) !== nodegroup) disputed.add(nodeName);
    groups.set(nodeName, nodegroup);
  }
  for (const node of disputed) groups.delete(node);
  return groups;
}
