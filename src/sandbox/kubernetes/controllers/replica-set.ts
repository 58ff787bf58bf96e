/** ReplicaSets: they keep the requested number of pods. */

import { omitEmpty } from '../../present';
import { type Condition, isActive, isReady, type Pod, type ReplicaSet } from '../kinds';
import { kubeTime } from '../kube-object';
import type { Change } from '../object-store';
import { Availability } from './available';
import { type Controller, partsOf } from './control-loop';
import { podFrom } from './pod-from-template';
import { createPod, deletePod, nextPod, ownersConcerned, type PodOwnerParts, Retries } from './pod-set';

const BY = 'replicaset-controller';

export class ReplicaSets implements Controller {
  readonly name = 'replicasets';
  private readonly availability: Availability;
  /** Number of pods that each set has made so far, by the set's uid. */
  private readonly made = new Map<string, number>();
  private readonly retries: Retries;

  constructor(
    private readonly parts: PodOwnerParts,
    private readonly again: (controller: Controller, key: string) => void,
  ) {
    this.availability = new Availability(parts.time);
    this.retries = new Retries(parts.time, (key) => again(this, key));
  }

  concerns(change: Change): Iterable<string> {
    return ownersConcerned(change, 'replicasets');
  }

  reconcile(key: string): void {
    const { store, pods } = this.parts;
    const set = store.get('replicasets', ...partsOf(key)) as ReplicaSet | undefined;
    if (!set || set.metadata.deletionTimestamp !== undefined) return;
    const active = pods.ownedBy(set.metadata.uid).filter(isActive);
    const wanted = set.spec.replicas ?? 1;
    let refused: string | undefined;
    for (let missing = wanted - active.length; missing > 0 && refused === undefined; missing -= 1)
      refused = this.make(set);
    if (refused !== undefined) this.retries.later(key);
    for (const pod of leastNeeded(active).slice(0, Math.max(0, active.length - wanted)))
      deletePod(this.parts, set, pod, BY);
    this.tellStatus(key, set, refused);
  }

  private make(set: ReplicaSet): string | undefined {
    const { uid } = set.metadata;
    const { name, count } = nextPod(this.parts, set, this.made.get(uid));
    const pod = podFrom(set, set.spec.template, { name });
    const refused = createPod(this.parts, set, pod, BY);
    if (refused === undefined) this.made.set(uid, count);
    return refused;
  }

  private tellStatus(key: string, set: ReplicaSet, refused: string | undefined): void {
    const { store, pods } = this.parts;
    const active = pods.ownedBy(set.metadata.uid).filter(isActive);
    const ready = active.filter(isReady).length;
    const { minReadySeconds = 0 } = set.spec;
    const available = active.filter((pod) =>
      this.availability.isAvailable(pod, minReadySeconds, () => this.again(this, key)),
    ).length;
    const { generation } = set.metadata;
    store.update('replicasets', {
      ...set,
      status: {
        replicas: active.length,
        fullyLabeledReplicas: active.length,
        ...omitEmpty({ readyReplicas: ready, availableReplicas: available, observedGeneration: generation }),
        ...(refused !== undefined && { conditions: [replicaFailure(refused, this.parts.time.now())] }),
      },
    });
  }
}

function replicaFailure(message: string, now: number): Condition {
  const at = { lastTransitionTime: kubeTime(now) };
  return { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message, ...at };
}

/**
 * Pods in the order in which they are deleted: those without a node, those that are not ready, then the
 * others; within each of these groups the youngest first.
 * @param pods oldest first.
 */
function leastNeeded(pods: readonly Pod[]): readonly Pod[] {
  const worth = (pod: Pod): number => (pod.spec.nodeName === undefined ? 0 : isReady(pod) ? 2 : 1);
  return [...pods].reverse().sort((a, b) => worth(a) - worth(b));
}
