/**
 * Reads Events from answers of the API server.
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
import type { KubernetesEvent } from '../../model/kubernetes';
import { count, maybe, members, text } from '../../model/shape';
import { withoutSecrets } from '../../model/without-secrets';
import { type Metadata, metadata, type ObjectReader } from './object';

interface EventObject {
  readonly metadata: Metadata;
  readonly type?: string | null;
  readonly reason?: string | null;
  readonly message?: string | null;
  readonly count?: number | null;
  readonly eventTime?: string | null;
  readonly lastTimestamp?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string | null } | null;
}

export const events: ObjectReader<KubernetesEvent> = {
  shape: members({
    metadata,
    type: maybe(text),
    reason: maybe(text),
    message: maybe(text),
    count: maybe(count),
    eventTime: maybe(text),
    lastTimestamp: maybe(text),
    series: maybe(members({ count: maybe(count), lastObservedTime: maybe(text) })),
  }),
  read({ metadata: about, ...event }: EventObject) {
    const { type, reason, message, series, eventTime, lastTimestamp } = event;
    // Each component that writes events sets only some of these members and leaves the others null.
    const times = [series?.lastObservedTime, eventTime, lastTimestamp, about.creationTimestamp];
    return {
      uid: about.uid,
      type: type ?? '',
      reason: reason ?? '',
      message: withoutSecrets(message ?? ''),
      count: series?.count ?? event.count ?? 1,
      at: Math.max(...times.map((time) => Date.parse(time ?? '')).filter((time) => !Number.isNaN(time))),
    };
  },
};
