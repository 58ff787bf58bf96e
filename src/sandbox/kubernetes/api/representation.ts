/**
 * The form in which a client gets objects. The Accept header requests whole objects or only their metadata;
 * whole events have their own form in the group `events.k8s.io`.
 */

import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import type { KubeObject } from '../kube-object';
import { StatusError } from '../status';

/** Returns an object in the requested form, with `kind` and `apiVersion`, as a single answer has them. */
export type Representation = (object: KubeObject) => JsonObject;

export interface Negotiated {
  readonly show: Representation;
  /** Kind and apiVersion of a list in this form; undefined if the resource's own kind of list is used. */
  readonly list?: { readonly kind: string; readonly apiVersion: string };
}

const META = 'meta.k8s.io/v1';

/**
 * The first form in the Accept header that the API supports. The API supports neither tables nor protobuf;
 * clients that request these also name JSON.
 * @param group the request's API group: events have another form in `events.k8s.io` than in the core group
 * @throws a Status 406 if the API supports none of the forms
 */
export function negotiated(accept: string, group: string): Negotiated {
  for (const range of accept.split(',').map((one) => one.trim().toLowerCase())) {
    const [type = '', ...parameters] = range.split(';').map((one) => one.trim());
    if (type !== '' && type !== '*/*' && type !== 'application/*' && type !== 'application/json') continue;
    const as = parameters.find((one) => one.startsWith('as='))?.slice(3);
    if (as === undefined) return { show: group === 'events.k8s.io' ? shownEvent : (object) => object };
    if (as === 'partialobjectmetadata' || as === 'partialobjectmetadatalist')
      return { show: partial, list: { kind: 'PartialObjectMetadataList', apiVersion: META } };
  }
  throw new StatusError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json',
  );
}

function partial({ metadata }: KubeObject): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion: META, metadata };
}

/**
 * An event of the core group in the form of events.k8s.io:
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
function shownEvent({ metadata, ...event }: KubeObject): JsonObject {
  const { involvedObject, message, firstTimestamp, lastTimestamp, count, source, reportingComponent } = event;
  return {
    kind: 'Event',
    apiVersion: 'events.k8s.io/v1',
    metadata,
    eventTime: event['eventTime'] ?? null,
    ...present({ series: event['series'] }),
    reportingController: reportingComponent,
    reportingInstance: event['reportingInstance'],
    action: event['action'],
    reason: event['reason'],
    regarding: involvedObject,
    note: message,
    type: event['type'],
    deprecatedSource: source,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
    deprecatedCount: count,
  };
}

/**
 * The object as an item of a list. The list's kind determines the kind of the items, so an item has neither
 * `kind` nor `apiVersion`; only partial objects keep both.
 */
export function asItem(shown: JsonObject, isPartial: boolean): JsonObject {
  if (isPartial) return shown;
  const { kind: _k, apiVersion: _a, ...item } = shown;
  return item;
}
