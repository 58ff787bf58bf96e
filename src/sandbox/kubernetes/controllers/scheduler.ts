/** Assigns a node to each pod, or records why no node fits. */
import { type Condition, isFinished, type KubeNode, type Pod } from '../kinds';
import type { Change, ObjectStore } from '../object-store';
import type { Controller } from './control-loop';
import { keyOf, partsOf } from './control-loop';
import type { EventRecorder } from './event-recorder';
import { type Place, refusal } from './node-fit';
import type { NodeUsage } from './node-usage';
import { controllerOf } from './owners';
import type { PodIndex } from './pod-index';
import { withCondition } from './pod-status';
import { amount } from './quantity';
import { claimOfOtherPod } from './shared-volumes';

const BY = 'default-scheduler';

export interface SchedulerParts {
  readonly store: ObjectStore;
  readonly pods: PodIndex;
  readonly usage: NodeUsage;
  readonly events: EventRecorder;
  readonly now: () => number;
}

export class Scheduler implements Controller {
  readonly name = 'scheduler';

  constructor(private readonly parts: SchedulerParts) {}

  /**
   * The keys of the pods to schedule: the changed pod if it has no node, or all pods without a node if the
   * change may have made room on a node.
   */
  concerns({ type, resource, object }: Change): Iterable<string> {
    const hasRoom = resource === 'pods' && (type === 'DELETED' || isFinished(object as Pod));
    if (resource === 'nodes' || hasRoom) return this.parts.pods.unscheduled().map(keyOf);
    if (resource !== 'pods' || (object as Pod).spec.nodeName !== undefined) return [];
    return [keyOf(object)];
  }

  reconcile(key: string): void {
    const { store, usage, events } = this.parts;
    const [namespace, name] = partsOf(key);
    const pod = store.get('pods', namespace, name) as Pod | undefined;
    if (!pod || pod.spec.nodeName !== undefined || pod.metadata.deletionTimestamp !== undefined) return;
    const refusals = new Map<string, number>();
    const taken = claimOfOtherPod(this.parts, pod);
    let best: { readonly node: KubeNode; readonly load: number } | undefined;
    const nodes = store.list('nodes') as readonly KubeNode[];
    for (const node of nodes) {
      const place = {
        node,
        usage: usage.of(node.metadata.name),
        pods: this.parts.pods.onNode(node.metadata.name),
      };
      const why = refusal(pod, place) ?? taken;
      const load = loadFor(pod, place);
      if (why !== undefined) refusals.set(why, (refusals.get(why) ?? 0) + 1);
      else if (!best || load < best.load) best = { node, load };
    }
    if (!best) {
      this.leave(pod, unfit(nodes.length, refusals));
      return;
    }
    const nodeName = best.node.metadata.name;
    events.record(pod, {
      reason: 'Scheduled',
      message: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
      by: BY,
    });
    const placed = { ...pod, spec: { ...pod.spec, nodeName } };
    store.update('pods', withCondition(placed, { type: 'PodScheduled', status: 'True' }, this.parts.now()));
  }

  private leave(pod: Pod, message: string): void {
    const before = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
    if (before?.message === message) return;
    const condition: Condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
    const happening = { type: 'Warning', reason: 'FailedScheduling', message, by: BY } as const;
    this.parts.events.record(pod, happening);
    this.parts.store.update('pods', withCondition(pod, condition, this.parts.now()));
  }
}

/**
 * Rates a node for the pod: the lower the result, the better. The number of the owner's pods on the node
 * weighs most, then the share of the node's CPU that is requested, then the number of all pods on the node.
 */
function loadFor(pod: Pod, { node, usage, pods }: Place): number {
  const owner = controllerOf(pod)?.uid;
  const siblings = pods.filter((other) => owner !== undefined && controllerOf(other)?.uid === owner).length;
  return siblings + usage.cpu / amount(node.status.allocatable['cpu']) + usage.pods / 1000;
}

function unfit(nodes: number, refusals: ReadonlyMap<string, number>): string {
  const reasons = [...refusals].map(([why, count]) => `${count} ${why}`).sort();
  const why = reasons.length > 0 ? reasons.join(', ') : 'no nodes available to schedule pods';
  return `0/${nodes} nodes are available: ${why}.`;
}
