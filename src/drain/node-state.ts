/**
 * The state of a node, and its age: the update of a node group replaces the old nodes and creates the new
 * ones.
 */
import type { KubernetesNode, Pod } from '../model/kubernetes';
import { isLeaving, mustMove } from './moving';
import { isAmong, type NodeRecord } from './node-record';

/**
 * `unknown`: the node's kubelet has not reported yet, or has stopped reporting. `cordoned`: the node is
 * ready, but no new pods are put onto it. `draining`: the node is cordoned, and pods are leaving it.
 */
export type NodeState = 'ready' | 'not-ready' | 'unknown' | 'cordoned' | 'draining';

export type NodeAge = 'old' | 'new';

/** @param pods those on the node; pods that a drain leaves alone do not matter */
export function nodeState(
  { ready, unschedulable }: Pick<KubernetesNode, 'ready' | 'unschedulable'>,
  pods: readonly Pod[],
): NodeState {
  if (unschedulable && pods.some((pod) => mustMove(pod) && isLeaving(pod))) return 'draining';
  if (ready === 'unknown') return 'unknown';
  if (!ready) return 'not-ready';
  return unschedulable ? 'cordoned' : 'ready';
}

/**
 * The age of each node, by uid: `old` for nodes that the update replaces, `new` for nodes that it has
 * created. The update's node records decide: each node that is not one of the old ones is new. Without
 * records, the launch template versions decide, since each update creates its nodes from a different version.
 * In that case, a node whose version is unknown is left out, and so are all nodes if they have the same
 * version.
 * @param nodes those of one node group
 */
export function nodeAges(
  nodes: readonly KubernetesNode[],
  records: readonly NodeRecord[] | undefined,
): ReadonlyMap<string, NodeAge> {
  if (records && records.length > 0) {
    const isOld = isAmong(records.filter((record) => record.isOld));
    return new Map(nodes.map((node) => [node.uid, isOld(node) ? 'old' : 'new']));
  }
  return agesByTemplate(nodes);
}

/**
 * The ages of the nodes by their template versions: the version of the node that was created last is the new
 * one. The highest version may be an old one: an update may go back to an earlier version of the user's own
 * template.
 */
function agesByTemplate(nodes: readonly KubernetesNode[]): ReadonlyMap<string, NodeAge> {
  const known = nodes.filter(({ launchTemplateVersion }) => launchTemplateVersion !== undefined);
  const [last] = known.toSorted((a, b) => b.createdAt - a.createdAt);
  if (known.every((node) => node.launchTemplateVersion === last?.launchTemplateVersion)) return new Map();
  return new Map(
    known.map((node) => [
      node.uid,
      node.launchTemplateVersion === last?.launchTemplateVersion ? 'new' : 'old',
    ]),
  );
}
