/** Empties a node in the same way as EKS: tries evictions repeatedly, for a quarter of an hour. */
import type { KubernetesCluster } from '../kubernetes/cluster-api';
import { isFinished, type KubeNode, type Pod } from '../kubernetes/kinds';
import { graceOf } from '../kubernetes/pod-grace';
import { MINUTE } from '../timeline';

/** https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html */
const DEADLINE = 15 * MINUTE;
const RETRIES = 20;

export interface DrainOptions {
  /** Whether pods whose eviction is refused are deleted instead. */
  readonly force: boolean;
  /** Simulated milliseconds after which the drain has failed; a quarter of an hour by default. */
  readonly deadline?: number;
  /** Called a single time, when the drain ends; not called after {@link Drain.stop}. */
  readonly done: (outcome: 'empty' | 'blocked') => void;
}

/** Evicts a pod on behalf of EKS. @returns whether the eviction was allowed. */
export type Evict = (cluster: KubernetesCluster, pod: Pod) => boolean;

export class Drain {
  private isOver = false;
  private readonly stopListening: () => void;

  constructor(
    private readonly cluster: KubernetesCluster,
    private readonly node: KubeNode,
    private readonly evict: Evict,
    private readonly options: DrainOptions,
  ) {
    const { store, time } = cluster;
    this.stopListening = store.onChange(({ type, resource, object }) => {
      const isHere = resource === 'pods' && (object as Pod).spec.nodeName === node.metadata.name;
      if (isHere && type !== 'ADDED') time.after(0, () => this.endWhenEmpty());
    });
    time.after(options.deadline ?? DEADLINE, () => this.end('blocked'));
    this.evictAll();
  }

  /** Stops evicting; `done` is not called. */
  stop(): void {
    this.isOver = true;
    this.stopListening();
  }

  private evictAll(): void {
    if (this.isOver) return;
    for (const pod of this.left()) {
      const { namespace, name, deletionTimestamp } = pod.metadata;
      if (deletionTimestamp !== undefined || this.evict(this.cluster, pod) || !this.options.force) continue;
      this.cluster.store.markDeleted('pods', namespace, name, graceOf(pod, undefined));
    }
    this.endWhenEmpty();
    this.cluster.time.after(DEADLINE / RETRIES, () => this.evictAll());
  }

  private left(): readonly Pod[] {
    return podsToMove(this.cluster, this.node);
  }

  private endWhenEmpty(): void {
    if (this.left().length === 0) this.end('empty');
  }

  private end(outcome: 'empty' | 'blocked'): void {
    if (this.isOver) return;
    this.stop();
    this.options.done(outcome);
  }
}

/**
 * Pods that must leave before the node can be terminated; finished pods, static pods and those of DaemonSets
 * stay.
 */
export function podsToMove({ store }: KubernetesCluster, { metadata }: KubeNode): readonly Pod[] {
  const pods = store.list('pods') as readonly Pod[];
  return pods.filter(
    (pod) =>
      pod.spec.nodeName === metadata.name &&
      !isFinished(pod) &&
      !pod.metadata.ownerReferences?.some(({ kind, controller }) => kind === 'DaemonSet' && controller) &&
      pod.metadata.annotations?.['kubernetes.io/config.mirror'] === undefined,
  );
}
