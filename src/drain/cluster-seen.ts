/** The state of a cluster's nodes and pods at one time, by node group and by node. */

import type { Failure } from '../model/failure';
import type { KubernetesNode, Pod } from '../model/kubernetes';
import { present } from '../model/present';
import type { Blocker } from './blocker';
import { drainBlockers } from './blockers';
import { grouped } from './grouped';
import { countsAsHealthy, isLeaving, mustMove } from './moving';
import type { NodeRecord } from './node-record';
import { type NodeAge, type NodeState, nodeAges, nodeState } from './node-state';
import type { DrainWatch, WatchedNodes } from './ports';
import { changedState, interruptedState, type WatchState } from './watch-state';

export interface SeenNode
  extends Partial<
    Pick<
      KubernetesNode,
      | 'instanceType'
      | 'zone'
      | 'kubeletVersion'
      | 'osImage'
      | 'imageId'
      | 'launchTemplateVersion'
      | 'instanceId'
      | 'createdAt'
    >
  > {
  readonly name: string;
  /** `unread`: reading nodes is denied, so that this node is known only from its pods. */
  readonly state: NodeState | 'unread';
  /**
   * Set for an `unread` node whose node group is unknown: the node selectors of its running pods name no node
   * group, or name different ones. Such a node is listed in every node group, since it may belong to any of
   * them.
   */
  readonly anyGroup?: true;
  readonly age?: NodeAge;
  /**
   * The number of pods that a drain has to move from the node; absent if reading pods, but not nodes, is
   * denied.
   */
  readonly toMove?: number;
  /**
   * Set if all nodes of the node group are known to have the same image. Absent if images differ, if the image of a
   * node is not known, and whenever {@link ClusterSeen.nodesIn} returns a failure in `unread`, even one that concerns
   * only the pods.
   */
  readonly sharesImage?: true;
}

export interface SeenPod
  extends Pick<
    Pod,
    'uid' | 'namespace' | 'name' | 'phase' | 'ready' | 'controller' | 'createdAt' | 'waiting'
  > {
  /** True if the pod is being deleted, or is about to be evicted, preempted or deleted. */
  readonly isLeaving: boolean;
  /** The blockers that concern this pod in a drain of its node, the gravest first. */
  readonly blockers: readonly Blocker[];
}

export interface SeenItems<T> {
  readonly items: readonly T[];
  /** Why items, or facts about them, may be missing or out of date. */
  readonly unread?: Failure;
}

/** The node records of a node group's running update; undefined where no update is known. */
export type UpdatedNodes = (nodegroup: string) => readonly NodeRecord[] | undefined;

type Resource = keyof NonNullable<WatchedNodes['denied']>;

/**
 * Each part of the state is computed only when a caller asks for it: a cluster may have 10,000 pods while the
 * user looks at one node.
 */
export class ClusterSeen {
  private moving: ReadonlyMap<string | undefined, readonly Pod[]> | undefined;
  private unhealthy: readonly Pod[] | undefined;
  private groups: ReadonlyMap<string, string> | undefined;

  /** @param now epoch milliseconds */
  constructor(
    private readonly state: WatchState,
    private readonly now: number,
    private readonly updatedNodes: UpdatedNodes,
  ) {}

  /**
   * The node group's nodes, sorted by name. If reading nodes is denied: the nodes that are known from their
   * pods, first those of the group, then those whose group is unknown, each of the two parts sorted by name.
   */
  nodesIn(nodegroup: string): SeenItems<SeenNode> {
    const unread = this.unread('nodes', 'pods');
    if (this.isDenied('nodes')) {
      return { items: this.nodesByPods(nodegroup), ...present({ unread }) };
    }
    const nodes = [...(this.state.watched?.nodes.values() ?? [])]
      .filter((node) => node.nodegroup === nodegroup)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const ages = nodeAges(nodes, this.updatedNodes(nodegroup));
    const sharesImage = unread === undefined && areOfOneImage(nodes);
    return {
      items: nodes.map((node) => ({
        ...this.seenNode(node, ages.get(node.uid)),
        ...(sharesImage && { sharesImage }),
      })),
      ...present({ unread }),
    };
  }

  /** The node's pods that a drain has to move: those with the gravest blockers first, then by name. */
  podsOn(node: string): SeenItems<SeenPod> {
    const unread = this.unread('pods', 'budgets');
    const pods = this.movingFrom(node);
    const facts = {
      nodes: [{ name: node }],
      pods,
      budgets: [...(this.state.watched?.budgets.values() ?? [])],
      covered: this.unhealthyPods(),
      codeGone: new Set<string>(),
    };
    const blockers = grouped(drainBlockers(facts, { now: this.now }), ({ pod }) => pod.uid);
    return {
      items: pods.map((pod) => seenPod(pod, blockers.get(pod.uid) ?? [])).sort(byWeight),
      ...present({ unread }),
    };
  }

  private nodesByPods(nodegroup: string): readonly SeenNode[] {
    this.groups ??= groupsByPods(this.pods());
    const { groups } = this;
    const names = new Set(
      [...groups.keys(), ...this.movingPods().keys()].filter((name) => name !== undefined),
    );
    const sorted = [...names].sort();
    const node = (name: string) => ({
      name,
      state: 'unread' as const,
      toMove: this.movingFrom(name).length,
    });
    return [
      ...sorted.filter((name) => groups.get(name) === nodegroup).map(node),
      ...sorted
        .filter((name) => !groups.has(name))
        .map((name) => ({ ...node(name), anyGroup: true as const })),
    ];
  }

  /** Why one of the resources, or the whole cluster, cannot be read at the moment; undefined if nothing fails. */
  private unread(...resources: readonly Resource[]): Failure | undefined {
    const { watched, problem } = this.state;
    const denied = resources.map((resource) => watched?.denied?.[resource]);
    return denied.find((failure) => failure !== undefined) ?? problem;
  }

  private isDenied(resource: Resource): boolean {
    return this.state.watched?.denied?.[resource] !== undefined;
  }

  private seenNode(node: KubernetesNode, age: NodeAge | undefined): SeenNode {
    const { uid: _uid, ready: _ready, unschedulable: _unschedulable, nodegroup: _nodegroup, ...shown } = node;
    const { deletedAt: _deletedAt, ...seen } = shown;
    const pods = this.movingFrom(node.name);
    return {
      ...seen,
      state: nodeState(node, pods),
      ...(age !== undefined && { age }),
      ...(!this.isDenied('pods') && { toMove: pods.length }),
    };
  }

  private movingFrom(node: string): readonly Pod[] {
    return this.movingPods().get(node) ?? [];
  }

  private movingPods(): ReadonlyMap<string | undefined, readonly Pod[]> {
    this.moving ??= grouped(filtered(this.pods(), mustMove), ({ nodeName }) => nodeName);
    return this.moving;
  }

  /**
   * All pods that budgets do not count as healthy; a budget that allows no eviction may wait for some of them.
   */
  private unhealthyPods(): readonly Pod[] {
    this.unhealthy ??= [...filtered(this.pods(), (pod) => !countsAsHealthy(pod))];
    return this.unhealthy;
  }

  private pods(): Iterable<Pod> {
    return this.state.watched?.pods.values() ?? [];
  }
}

/**
 * Node groups by the name of the node. A pod whose node selector names a group runs on a node of that group:
 * the scheduler puts the pod on no other node, and the kubelet of any other node refuses it. Nodes without
 * such a pod, or with pods that contradict each other, are left out.
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodeselector
 */
function groupsByPods(pods: Iterable<Pod>): ReadonlyMap<string, string> {
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

function areOfOneImage(nodes: readonly KubernetesNode[]): boolean {
  const images = new Set(nodes.map(({ imageId }) => imageId));
  return images.size === 1 && !images.has(undefined);
}

/** Like `Array.filter`, but makes no array. */
function* filtered<T>(things: Iterable<T>, isWanted: (thing: T) => boolean): Generator<T, void> {
  for (const thing of things) if (isWanted(thing)) yield thing;
}

function seenPod(pod: Pod, blockers: readonly Blocker[]): SeenPod {
  const { uid, namespace, name, phase, ready, controller, createdAt, waiting } = pod;
  return {
    uid,
    namespace,
    name,
    phase,
    ready,
    createdAt,
    waiting,
    isLeaving: isLeaving(pod),
    ...(controller && { controller }),
    blockers,
  };
}

function byWeight(a: SeenPod, b: SeenPod): number {
  const weight = ({ blockers: [gravest] }: SeenPod): number =>
    gravest ? ['holds', 'threatens', 'slows'].indexOf(gravest.gravity) : 3;
  const name = (pod: SeenPod): string => `${pod.namespace}/${pod.name}`;
  return weight(a) - weight(b) || (name(a) < name(b) ? -1 : 1);
}

export interface WatchSeenParts {
  readonly now: () => number;
  readonly updatedNodes: UpdatedNodes;
}

/** Makes a listener for a watch. The listener calls `changed` with the whole state of the cluster. */
export function seenThrough(
  changed: (seen: ClusterSeen) => void,
  { now, updatedNodes }: WatchSeenParts,
): Parameters<DrainWatch['watch']>[1] {
  let state: WatchState = {};
  const take = (next: WatchState): void => {
    state = next;
    changed(new ClusterSeen(state, now(), updatedNodes));
  };
  return {
    changed: (watched) => take(changedState(state, watched)),
    interrupted: (thrown) => take(interruptedState(state, thrown, now())),
  };
}
