/**
 * The progress of a node group's update, from the nodes that existed before it and those that have appeared
 * since. The phase never goes back, and a node counts as ready, cordoned or gone only after a reading has
 * shown that.
 */
import type { KubernetesNode, Pod } from '../model/kubernetes';
import { countsAsHealthy, isLeaving, mustMove } from './moving';
import { isAmong, type NodeRecord, recordOf } from './node-record';
import type { WatchedNodes } from './ports';

/**
 * `adding`: EKS adds nodes, and not all old ones are cordoned. `cordoned`: all old nodes are cordoned, and no
 * pod leaves yet. `draining`: pods leave, or old nodes are gone. `removing`: no old node is left, and EKS
 * removes surplus new ones. In the first two phases, half an hour may pass without any visible change.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
 */
export type DrainPhase = 'adding' | 'cordoned' | 'draining' | 'removing';

const PHASES: readonly DrainPhase[] = ['adding', 'cordoned', 'draining', 'removing'];

export interface UpdateProgress {
  /**
   * `recorded`: the old nodes were written down before the update was sent. `first-seen`: the old nodes are those that
   * were left when the cluster was first read, so their original number is unknown.
   */
  readonly basis: 'recorded' | 'first-seen';
  /** The old nodes, and the new nodes that have appeared so far. */
  readonly nodes: readonly NodeRecord[];
  /** The highest number of new nodes that were ready at one time. */
  readonly mostReady: number;
  readonly phase: DrainPhase;
  /** Epoch milliseconds. */
  readonly phaseSince: number;
  /**
   * Uids of at most {@link MOST_UNREADY} pods that budgets did not count as healthy when the cluster was first
   * read; absent before that.
   */
  readonly unreadyAtFirst?: readonly string[];
}

/** The maximum number of pods in {@link UpdateProgress.unreadyAtFirst}. */
const MOST_UNREADY = 100;

/** @param nodes those of the node group right before the update is sent */
export function recordedProgress(nodes: readonly KubernetesNode[], now: number): UpdateProgress {
  return begun(
    'recorded',
    nodes.map((node) => recordOf(node, true, now)),
    now,
  );
}

/**
 * The progress of an update whose nodes were not written down before the update was sent.
 * @param startedAt when EKS began the update: nodes that were created earlier are old
 */
export function firstSeenProgress(watched: WatchedNodes, startedAt: number, now: number): UpdateProgress {
  const nodes = [...watched.nodes.values()];
  return begun(
    'first-seen',
    nodes.filter(({ createdAt }) => createdAt < startedAt).map((node) => recordOf(node, true, now)),
    now,
  );
}

function begun(basis: UpdateProgress['basis'], nodes: readonly NodeRecord[], now: number): UpdateProgress {
  return { basis, nodes, mostReady: 0, phase: 'adding', phaseSince: now };
}

/** The progress after the cluster was read once more. */
export function advanced(before: UpdateProgress, watched: WatchedNodes, now: number): UpdateProgress {
  const present = [...watched.nodes.values()];
  const leaving = nodesWithLeavingPods(watched.pods.values());
  const byUid = new Map(present.map((node) => [node.uid, node]));
  const byInstance = new Map(
    present.flatMap((node) => (node.instanceId === undefined ? [] : [[node.instanceId, node] as const])),
  );
  const known = before.nodes.map((record) => {
    // A machine that joined again, and so got another uid, has not been replaced.
    const node = byUid.get(record.uid) ?? byInstance.get(record.instanceId ?? '');
    return seenAgain(record, node, leaving, now);
  });
  const isKnown = isAmong(known);
  const nodes = [
    ...known,
    ...present
      .filter((node) => !isKnown(node))
      .map((node) => seenAgain(recordOf(node, false, now), node, leaving, now)),
  ];
  const isOld = isAmong(nodes.filter((record) => record.isOld));
  const ready = present.filter((node) => node.ready === true && !isOld(node)).length;
  const phase =
    PHASES[Math.max(PHASES.indexOf(before.phase), PHASES.indexOf(phaseOf(nodes)))] ?? before.phase;
  return {
    basis: before.basis,
    nodes,
    mostReady: Math.max(before.mostReady, ready),
    phase,
    phaseSince: phase === before.phase ? before.phaseSince : now,
    unreadyAtFirst: before.unreadyAtFirst ?? unreadyPods(watched.pods.values()),
  };
}

function unreadyPods(pods: Iterable<Pod>): readonly string[] {
  return [...pods]
    .filter((pod) => !countsAsHealthy(pod) && mustMove(pod))
    .slice(0, MOST_UNREADY)
    .map(({ uid }) => uid);
}

/**
 * Names of the nodes with pods that are leaving. Only the cordoned nodes among them are draining: on the
 * others, a rollout may be deleting pods.
 */
function nodesWithLeavingPods(pods: Iterable<Pod>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const pod of pods) {
    if (pod.nodeName !== undefined && mustMove(pod) && isLeaving(pod)) names.add(pod.nodeName);
  }
  return names;
}

function seenAgain(
  record: NodeRecord,
  node: KubernetesNode | undefined,
  leaving: ReadonlySet<string>,
  now: number,
): NodeRecord {
  if (!node) return record.goneAt === undefined ? { ...record, goneAt: now } : record;
  const { goneAt: _goneAt, ...present } = record;
  return {
    ...present,
    ...(!record.isOld && node.ready === true && record.readyAt === undefined && { readyAt: now }),
    ...(node.unschedulable && record.cordonedAt === undefined && { cordonedAt: now }),
    ...(node.unschedulable &&
      leaving.has(node.name) &&
      record.drainingSince === undefined && { drainingSince: now }),
  };
}

function phaseOf(nodes: readonly NodeRecord[]): DrainPhase {
  const old = nodes.filter(({ isOld }) => isOld);
  const left = old.filter(({ goneAt }) => goneAt === undefined);
  if (old.length > 0 && left.length === 0) return 'removing';
  if (left.length < old.length || left.some(({ drainingSince }) => drainingSince !== undefined)) {
    return 'draining';
  }
  return old.length > 0 && left.every(({ cordonedAt }) => cordonedAt !== undefined) ? 'cordoned' : 'adding';
}
