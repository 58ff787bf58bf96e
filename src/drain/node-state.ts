/** How a node stands, and whether it is one that an update of its node group replaces or brings. */
import type { KubernetesNode, Pod } from '../model/kubernetes';
import { isLeaving, mustMove } from './moving';
import type { NodeRecord } from './node-record';

/** `unknown`: its kubelet has stopped reporting. `cordoned`: nothing new is put onto it. `draining`: its pods leave, too. */
export type NodeState = 'ready' | 'not-ready' | 'unknown' | 'cordoned' | 'draining';

export type NodeAge = 'old' | 'new';

/** @param pods those on the node */
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
 * Which nodes an update replaces and which it brings, by uid: from what was written down of the update; where nothing
 * was, from the version of the launch template that they were made of, for each update makes its nodes of another one.
 * Nodes of which that cannot be told are left out.
 * @param nodes those of one node group
 */
export function nodeAges(
  nodes: readonly KubernetesNode[],
  records: readonly NodeRecord[] | undefined,
): ReadonlyMap<string, NodeAge> {
  if (records && records.length > 0) {
    const old = records.filter(({ isOld }) => isOld);
    const uids = new Set(old.map(({ uid }) => uid));
    const machines = new Set(old.map(({ instanceId }) => instanceId));
    // A machine that has joined again under another uid has not been replaced.
    const isOld = ({ uid, instanceId }: KubernetesNode): boolean =>
      uids.has(uid) || (instanceId !== undefined && machines.has(instanceId));
    return new Map(nodes.map((node) => [node.uid, isOld(node) ? 'old' : 'new']));
  }
  return agesByTemplate(nodes);
}

/** A higher number is no sign of a later one: an update may go back to an earlier version of the user's own template. */
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
