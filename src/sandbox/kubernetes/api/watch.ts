/** Watches: https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes */
import type { Delivery, StreamSink } from '../../delivery';
import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import type { Change, ObjectStore } from '../object-store';
import { apiVersionOf } from '../resources';
import { StatusError } from '../status';
import type { ResourceCall } from './call';
import { revisionOf } from './list';
import { type Negotiated, negotiated } from './representation';
import { type Predicate, selectedBy } from './selectors';

const END_OF_INITIAL = 'k8s.io/initial-events-end';

/**
 * Real seconds for which a watch stays open if the client sets no limit: the shortest such time in
 * kube-apiserver.
 */
const DEFAULT_TIMEOUT_S = 1800;

/**
 * @throws a Status 400 or 422 for invalid parameters, 406 for an Accept header that the API does not
 * support; an expired resourceVersion is sent as an event of the watch
 */
export function watch(call: ResourceCall): Extract<Delivery, { readonly kind: 'stream' }> {
  const { request, target, fault, streams, served } = call;
  const { parameters } = request;
  checkParameters(parameters);
  const from = revisionOf(parameters.get('resourceVersion') ?? '');
  const isSelected = predicateOf(call);
  const shown = negotiated(request.headers['accept'] ?? '', target.group);
  return {
    kind: 'stream',
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, private' },
    begin: (sink) => {
      const seconds = Number(parameters.get('timeoutSeconds') ?? 0) || DEFAULT_TIMEOUT_S;
      const limits = { seconds, isGone: served.isGone };
      if (fault?.kind === 'watch-mute')
        return streams.open(sink, { ...limits, left: nothing, eachMinute: nothing });
      const writer = new EventWriter(call, served.cluster.store, shown, isSelected, sink);
      const eachMinute = () => writer.bookmark();
      return streams.open(sink, { ...limits, left: writer.begin(from), eachMinute });
    },
  };
}

const nothing = (): void => undefined;

class EventWriter {
  constructor(
    private readonly call: ResourceCall,
    private readonly store: ObjectStore,
    private readonly shown: Negotiated,
    private readonly isSelected: Predicate,
    private readonly sink: StreamSink,
  ) {}

  /** @returns a function that stops the watch */
  begin(from: number): () => void {
    const { resource, fault, request } = this.call;
    const { parameters } = request;
    const isInitial = from === 0 || parameters.get('sendInitialEvents') === 'true';
    const since = isInitial ? [] : this.store.changesSince(from);
    if (since === 'expired' || fault?.kind === 'watch-expired') {
      this.fail(
        new StatusError(410, 'Expired', `too old resource version: ${from} (${this.store.revision})`),
      );
      return () => undefined;
    }
    if (isInitial) {
      for (const object of this.store.list(resource.plural))
        if (this.isSelected(object)) this.write('ADDED', this.shown.show(object));
      if (parameters.get('sendInitialEvents') === 'true') this.bookmark({ [END_OF_INITIAL]: 'true' });
    }
    for (const change of since) this.tell(change);
    return this.store.onChange((change) => this.tell(change));
  }

  /** Sends a bookmark with the latest resourceVersion, if the client allows bookmarks. */
  bookmark(annotations?: JsonObject): void {
    const { resource, request, target } = this.call;
    if (request.parameters.get('allowWatchBookmarks') !== 'true') return;
    const kind = this.shown.list ? 'PartialObjectMetadata' : resource.kind;
    const apiVersion = this.shown.list?.apiVersion ?? apiVersionOf(target);
    const metadata = {
      resourceVersion: String(this.store.revision),
      creationTimestamp: null,
      ...present({ annotations }),
    };
    this.write('BOOKMARK', { kind, apiVersion, metadata });
  }

  /**
   * Sends a change to the client. If the watch selects only some objects, an object that begins to match is
   * sent as ADDED, and an object that no longer matches is sent as DELETED.
   */
  private tell({ type, resource, object, before }: Change): void {
    if (resource !== this.call.resource.plural) return;
    const was = before !== undefined && this.isSelected(before);
    const is = type !== 'DELETED' && this.isSelected(object);
    const { show } = this.shown;
    if (is) this.write(was ? 'MODIFIED' : 'ADDED', show(object));
    else if (was) {
      const { resourceVersion } = object.metadata;
      this.write('DELETED', show({ ...before, metadata: { ...before.metadata, resourceVersion } }));
    }
  }

  private fail(error: StatusError): void {
    this.write('ERROR', error.status);
    this.sink.end();
  }

  private write(type: string, object: JsonObject): void {
    this.sink.write(`${JSON.stringify({ type, object })}\n`);
  }
}

function predicateOf({ resource, namespace, request }: ResourceCall): Predicate {
  const isSelected = selectedBy(resource, request.parameters);
  if (namespace === undefined) return isSelected;
  return (object) => object.metadata.namespace === namespace && isSelected(object);
}

/** Checks parameters by the rules for ListOptions, and refuses them in Kubernetes' own words. */
function checkParameters(parameters: URLSearchParams): void {
  const match = parameters.get('resourceVersionMatch') ?? '';
  const initial = parameters.get('sendInitialEvents');
  const problems = [
    ...(initial === null && match !== ''
      ? [
          'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
        ]
      : []),
    ...(initial !== null && match !== 'NotOlderThan'
      ? [
          'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
        ]
      : []),
  ];
  if (problems.length === 0) return;
  const message = `ListOptions.meta.k8s.io "" is invalid: ${problems.join(', ')}`;
  throw new StatusError(422, 'Invalid', message, { group: 'meta.k8s.io', kind: 'ListOptions' });
}
