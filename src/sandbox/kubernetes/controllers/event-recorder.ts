/** The events of a cluster: what happened to an object, with a count if it happened several times. */

import { present } from '../../present';
import type { ClusterTime } from '../cluster-time';
import { type KubeObject, kubeTime } from '../kube-object';
import type { ObjectStore } from '../object-store';
import { suffix } from './names';

export interface Happening {
  readonly type?: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** Component that reports the event, e.g. `kubelet`. */
  readonly by: string;
  /** The node on which the event happened. */
  readonly host?: string;
  readonly fieldPath?: string;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
export class EventRecorder {
  constructor(
    private readonly store: ObjectStore,
    private readonly time: ClusterTime,
  ) {}

  record(about: KubeObject, { type = 'Normal', reason, message, by, host, fieldPath }: Happening): void {
    const { apiVersion, kind, metadata } = about;
    const { name, uid, resourceVersion, namespace } = metadata;
    // Events about objects without a namespace are in `default`.
    const where = namespace ?? 'default';
    const eventName = `${name}.${suffix(`${uid} ${reason} ${message} ${fieldPath ?? ''}`, 16)}`;
    const now = kubeTime(this.time.now());
    const known = this.store.get('events', where, eventName);
    if (known) {
      const count = Number(known['count']) + 1;
      this.store.update('events', { ...known, count, lastTimestamp: now });
      return;
    }
    this.store.create('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: eventName, namespace: where },
      involvedObject: {
        kind,
        ...present({ namespace }),
        name,
        uid,
        apiVersion,
        resourceVersion,
        ...present({ fieldPath }),
      },
      reason,
      message,
      source: { component: by, ...present({ host }) },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: by,
      reportingInstance: host ?? '',
    });
  }
}
