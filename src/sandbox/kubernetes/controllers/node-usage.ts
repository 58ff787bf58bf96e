/** The number of pods on each node, and the processor cores and memory that they request. */
import { isFinished, type Pod } from '../kinds';
import type { ObjectStore } from '../object-store';
import { amount } from './quantity';

export interface Usage {
  /** Cores. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  readonly pods: number;
}

const NOTHING: Usage = { cpu: 0, memory: 0, pods: 0 };

/**
 * Keeps sums for each node, and adjusts them at each change of one of the node's pods. Adding up the pods
 * of all nodes again for each pod to schedule would take minutes in a large cluster.
 */
export class NodeUsage {
  private readonly byNode = new Map<string, Usage>();

  constructor(store: ObjectStore) {
    store.onChange(({ type, resource, object, before }) => {
      if (resource !== 'pods') return;
      if (before) this.add(before as Pod, -1);
      if (type !== 'DELETED') this.add(object as Pod, 1);
    });
  }

  of(node: string): Usage {
    return this.byNode.get(node) ?? NOTHING;
  }

  private add(pod: Pod, sign: 1 | -1): void {
    const { nodeName } = pod.spec;
    if (nodeName === undefined || isFinished(pod)) return;
    const { cpu, memory, pods } = this.of(nodeName);
    const asked = requestsOf(pod);
    this.byNode.set(nodeName, {
      cpu: cpu + sign * asked.cpu,
      memory: memory + sign * asked.memory,
      pods: pods + sign,
    });
  }
}

export function requestsOf({ spec: { containers } }: Pod): Usage {
  const sum = (name: string): number =>
    containers.reduce((total, { resources }) => total + amount(resources?.requests?.[name]), 0);
  return { cpu: sum('cpu'), memory: sum('memory'), pods: 1 };
}
