/**
 * The work that controllers of pods share: creating and deleting pods, each with an event, trying again
 * after a refusal, and finding the owners that a change concerns.
 */

import { present } from '../../present';
import type { ClusterTime } from '../cluster-time';
import type { Pod } from '../kinds';
import type { KubeObject, NewObject } from '../kube-object';
import type { Change, ObjectStore } from '../object-store';
import { graceOf } from '../pod-grace';
import { keyOf } from './control-loop';
import type { EventRecorder } from './event-recorder';
import { suffix } from './names';
import { controllerOf, resourceOf } from './owners';
import type { PodIndex } from './pod-index';
import { exceededQuota } from './pod-quota';
import { withRole } from './service-account-role';

export interface PodOwnerParts {
  readonly store: ObjectStore;
  readonly pods: PodIndex;
  readonly time: ClusterTime;
  readonly events: EventRecorder;
}

/** @returns why the pod was not created, also recorded as an event of `owner`; undefined if it was created */
export function createPod(
  parts: PodOwnerParts,
  owner: KubeObject,
  pod: NewObject,
  by: string,
): string | undefined {
  const { store, events } = parts;
  const { name } = pod.metadata;
  const why = exceededQuota(parts, pod);
  if (why === undefined) {
    store.create('pods', withRole(store, pod));
    events.record(owner, { reason: 'SuccessfulCreate', message: `Created pod: ${name}`, by });
    return undefined;
  }
  const message =
    owner.kind === 'StatefulSet'
      ? `create Pod ${name} in StatefulSet ${owner.metadata.name} failed error: ${why}`
      : `Error creating: ${why}`;
  events.record(owner, { type: 'Warning', reason: 'FailedCreate', message, by });
  return why;
}

/**
 * Returns the generated name and the number of the next pod of an owner that has made `made` pods so far.
 * Skips names that are still taken, e.g. by pods of a deleted owner of the same name.
 */
export function nextPod(
  { store }: Pick<PodOwnerParts, 'store'>,
  { metadata: { namespace, name: owner } }: KubeObject,
  made = 0,
): { readonly name: string; readonly count: number } {
  for (let count = made + 1; ; count += 1) {
    const name = `${owner}-${suffix(`${owner} ${count}`)}`;
    if (!store.get('pods', namespace, name)) return { name, count };
  }
}

/** Simulated milliseconds until a controller tries a refused request again. */
const AGAIN = 10_000;

/**
 * Makes a controller reconcile an object again after a refusal. Several refusals for one object during the
 * wait lead to a single try.
 */
export class Retries {
  private readonly waiting = new Set<string>();

  constructor(
    private readonly time: ClusterTime,
    private readonly again: (key: string) => void,
  ) {}

  later(key: string): void {
    if (this.waiting.has(key)) return;
    this.waiting.add(key);
    this.time.after(AGAIN, () => {
      this.waiting.delete(key);
      this.again(key);
    });
  }
}

/** Deletes a pod with its own grace period, see {@link graceOf}, and records an event of `owner`. */
export function deletePod({ store, events }: PodOwnerParts, owner: KubeObject, pod: Pod, by: string): void {
  const { namespace, name } = pod.metadata;
  store.markDeleted('pods', namespace, name, graceOf(pod, undefined));
  events.record(owner, { reason: 'SuccessfulDelete', message: `Deleted pod: ${name}`, by });
}

/**
 * Keys of the objects of `resource` that a change concerns: the changed object if it is of `resource`, or
 * the controlling owner of a changed pod.
 */
export function ownersConcerned({ resource: changed, object }: Change, resource: string): Iterable<string> {
  if (changed === resource) return [keyOf(object)];
  const owner = changed === 'pods' ? controllerOf(object) : undefined;
  if (!owner || resourceOf(owner) !== resource) return [];
  const { namespace } = object.metadata;
  return [keyOf({ metadata: { name: owner.name, ...present({ namespace }) } })];
}
