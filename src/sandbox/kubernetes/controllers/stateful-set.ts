/**
 * StatefulSets: numbered pods that are created in the order of their numbers, and updated and removed in the
 * reverse order.
 */

import { omitEmpty, present } from '../../present';
import { isActive, isFinished, isReady, type Pod, type StatefulSet } from '../kinds';
import type { Change } from '../object-store';
import { Availability } from './available';
import { type Controller, partsOf } from './control-loop';
import { forgetRevisions, templateOf, updateRevision } from './controller-revisions';
import { podFrom } from './pod-from-template';
import { createPod, deletePod, ownersConcerned, type PodOwnerParts, Retries } from './pod-set';
import { claimsOf, volumesOf } from './volume-claims';

const BY = 'statefulset-controller';

/** https://kubernetes.io/docs/reference/labels-annotations-taints/#controller-revision-hash */
const REVISION = 'controller-revision-hash';

/** If the name of a new pod is still taken, the set tries again after this many simulated milliseconds. */
const NAME_TAKEN = 5_000;

interface Revisions {
  /** The revision of the pods whose numbers are below the partition and, before a rollout, of all pods. */
  readonly current: string;
  readonly update: string;
}

export class StatefulSets implements Controller {
  readonly name = 'statefulsets';
  private readonly availability: Availability;
  private readonly retries: Retries;

  constructor(
    private readonly parts: PodOwnerParts,
    private readonly again: (controller: Controller, key: string) => void,
  ) {
    this.availability = new Availability(parts.time);
    this.retries = new Retries(parts.time, (key) => again(this, key));
  }

  concerns(change: Change): Iterable<string> {
    return ownersConcerned(change, 'statefulsets');
  }

  reconcile(key: string): void {
    const { store } = this.parts;
    const set = store.get('statefulsets', ...partsOf(key)) as StatefulSet | undefined;
    if (!set || set.metadata.deletionTimestamp !== undefined) return;
    const update = updateRevision(store, set);
    const revisions = { current: set.status?.currentRevision ?? update, update };
    if (this.keepSize(set, revisions) && set.spec.updateStrategy?.type !== 'OnDelete')
      this.rollOut(set, revisions);
    this.tellStatus(key, revisions);
  }

  /**
   * Creates and removes pods by the rules of
   * https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/statefulset/stateful_set_control.go
   * @returns false if a rollout must wait: with OrderedReady, while a pod is missing, surplus, being deleted
   * or not available. A pod that never becomes available keeps the rollout waiting, even if the template
   * that broke this pod was replaced long ago:
   * https://github.com/kubernetes/kubernetes/issues/67250
   */
  private keepSize(set: StatefulSet, revisions: Revisions): boolean {
    const ordered = set.spec.podManagementPolicy !== 'Parallel';
    const { replicas = 1 } = set.spec;
    const pods = this.podsOf(set);
    for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
      const pod = pods.get(ordinal);
      if (pod && isFinished(pod) && isStaying(pod)) deletePod(this.parts, set, pod, BY);
      if (!pod) this.make(set, ordinal, revisions);
      if (ordered && !(pod && isStaying(pod) && this.isAvailable(set, pod))) return false;
    }
    const surplus = [...pods].filter(([ordinal]) => ordinal >= replicas).sort(([a], [b]) => b - a);
    for (const [, pod] of surplus) {
      if (isStaying(pod)) deletePod(this.parts, set, pod, BY);
      if (ordered) return false;
    }
    return true;
  }

  /**
   * Deletes outdated pods one at a time, from the highest number down to the partition; {@link keepSize}
   * creates their successors. Each deletion waits until all pods with higher numbers are updated and
   * available.
   */
  private rollOut(set: StatefulSet, { update }: Revisions): void {
    const { replicas = 1, updateStrategy } = set.spec;
    const partition = updateStrategy?.rollingUpdate?.partition ?? 0;
    const pods = this.podsOf(set);
    for (let ordinal = replicas - 1; ordinal >= partition; ordinal -= 1) {
      const pod = pods.get(ordinal);
      if (!pod || !isStaying(pod)) return;
      if (revisionOf(pod) !== update) {
        deletePod(this.parts, set, pod, BY);
        return;
      }
      if (!this.isAvailable(set, pod)) return;
    }
  }

  private make(set: StatefulSet, ordinal: number, { current, update }: Revisions): void {
    const { metadata, spec } = set;
    const name = `${metadata.name}-${ordinal}`;
    if (this.parts.store.get('pods', metadata.namespace, name)) {
      // The name is still taken, usually by a pod of an earlier set that is being deleted.
      this.parts.time.after(NAME_TAKEN, () => this.again(this, `${metadata.namespace}/${metadata.name}`));
      return;
    }
    const { type, rollingUpdate } = spec.updateStrategy ?? {};
    const isBelow = type !== 'OnDelete' && ordinal < (rollingUpdate?.partition ?? 0);
    const revision = isBelow ? current : update;
    const template = templateOf(this.parts.store, set, revision);
    for (const claim of claimsOf(set, name))
      if (!this.parts.store.get('persistentvolumeclaims', metadata.namespace, claim.metadata.name ?? ''))
        this.parts.store.create('persistentvolumeclaims', claim);
    const pod = podFrom(set, template, {
      name,
      labels: {
        'apps.kubernetes.io/pod-index': String(ordinal),
        'statefulset.kubernetes.io/pod-name': name,
        [REVISION]: revision,
      },
      spec: { hostname: name, subdomain: spec.serviceName, volumes: volumesOf(set, template, name) },
    });
    if (createPod(this.parts, set, pod, BY) !== undefined)
      this.retries.later(`${metadata.namespace}/${metadata.name}`);
  }

  private podsOf(set: StatefulSet): ReadonlyMap<number, Pod> {
    const own = this.parts.pods.ownedBy(set.metadata.uid);
    return new Map(own.map((pod) => [ordinalOf(pod), pod]));
  }

  private isAvailable(set: StatefulSet, pod: Pod): boolean {
    const { namespace = '', name } = set.metadata;
    return this.availability.isAvailable(pod, set.spec.minReadySeconds ?? 0, () =>
      this.again(this, `${namespace}/${name}`),
    );
  }

  private tellStatus(key: string, { current, update }: Revisions): void {
    const { store } = this.parts;
    const set = store.get('statefulsets', ...partsOf(key)) as StatefulSet | undefined;
    if (!set) return;
    const { replicas = 1, updateStrategy } = set.spec;
    const pods = [...this.podsOf(set).values()];
    const staying = pods.filter(isActive);
    const having = (revision: string): number => staying.filter((pod) => revisionOf(pod) === revision).length;
    const ready = pods.filter((pod) => isReady(pod)).length;
    const updated = having(update);
    // As in Kubernetes, a rollout is done even before minReadySeconds have passed:
    // https://github.com/kubernetes/kubernetes/issues/136831
    const isDone =
      updateStrategy?.type !== 'OnDelete' &&
      updated === replicas &&
      ready === replicas &&
      pods.length === replicas;
    const currentRevision = isDone ? update : current;
    forgetRevisions(store, set, new Set([currentRevision, update, ...pods.map(revisionOf)]));
    const { generation } = set.metadata;
    store.update('statefulsets', {
      ...set,
      status: {
        ...present({ observedGeneration: generation }),
        replicas: pods.length,
        ...omitEmpty({ readyReplicas: ready }),
        availableReplicas: pods.filter((pod) => isStaying(pod) && this.isAvailable(set, pod)).length,
        ...(having(currentRevision) > 0 && { currentReplicas: having(currentRevision) }),
        ...omitEmpty({ updatedReplicas: updated }),
        currentRevision,
        updateRevision: update,
        collisionCount: 0,
      },
    });
  }
}

function ordinalOf({ metadata }: Pod): number {
  return Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));
}

function revisionOf({ metadata }: Pod): string {
  return metadata.labels?.[REVISION] ?? '';
}

function isStaying({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp === undefined;
}
