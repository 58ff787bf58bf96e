/** What all controllers of pods do: make and delete pods of their own, and tell of it. */
import type { ClusterTime } from '../cluster-time';
import type { Pod } from '../kinds';
import type { KubeObject, NewObject } from '../kube-object';
import type { Change, ObjectStore } from '../object-store';
import { graceOf } from '../pod-grace';
import { keyOf } from './control-loop';
import type { EventRecorder } from './event-recorder';
import { controllerOf, resourceOf } from './owners';
import type { PodIndex } from './pod-index';

export interface PodOwnerParts {
  readonly store: ObjectStore;
  readonly pods: PodIndex;
  readonly time: ClusterTime;
  readonly events: EventRecorder;
}

export function createPod(
  { store, events }: PodOwnerParts,
  owner: KubeObject,
  pod: NewObject,
  by: string,
): void {
  store.create('pods', pod);
  events.record(owner, { reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}`, by });
}

/** With the grace that its spec asks for. */
export function deletePod({ store, events }: PodOwnerParts, owner: KubeObject, pod: Pod, by: string): void {
  const { namespace, name } = pod.metadata;
  store.markDeleted('pods', namespace, name, graceOf(pod, undefined));
  events.record(owner, { reason: 'SuccessfulDelete', message: `Deleted pod: ${name}`, by });
}

/** Keys of the objects of `resource` that a change concerns: themselves, and whoever controls a pod. */
export function ownersConcerned({ resource: changed, object }: Change, resource: string): Iterable<string> {
  if (changed === resource) return [keyOf(object)];
  const owner = changed === 'pods' ? controllerOf(object) : undefined;
  if (!owner || resourceOf(owner) !== resource) return [];
  const { namespace } = object.metadata;
  return [keyOf({ metadata: { name: owner.name, ...(namespace !== undefined && { namespace }) } })];
}
