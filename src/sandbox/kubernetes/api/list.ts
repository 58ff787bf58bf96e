/** Lists, whole or page by page: https://kubernetes.io/docs/reference/using-api/api-concepts/ */
import type { JsonObject } from '../../protocols/operation';
import { isRecord } from '../../shapes';
import type { KubeObject } from '../kube-object';
import type { ObjectStore } from '../object-store';
import { apiVersionOf, type Resource } from '../resources';
import { badRequest, StatusError } from '../status';
import type { ResourceCall } from './call';
import type { ListSnapshots } from './list-snapshots';
import { asItem, negotiated } from './representation';
import { selectedBy } from './selectors';

/** The content of a continue token, with the names that kube-apiserver gives the members. */
interface Position {
  readonly rv: number;
  /** Key of the last object on the previous page. */
  readonly start: string;
}

/** @throws a Status 400, 406, 410 or 504. */
export function list(call: ResourceCall): JsonObject {
  const { served, snapshots, resource, target, namespace, request, fault } = call;
  const { parameters } = request;
  const shown = negotiated(request.headers['accept'] ?? '', target.group);
  // With the fault `endless-list`, every page claims that another one follows.
  const isEndless = fault?.kind === 'endless-list';
  const isSelected = selectedBy(resource, parameters);
  const limit = Number(parameters.get('limit') ?? 0);
  const { objects, revision, start } = startOf(served.cluster.store, snapshots, call);
  const left = objects.filter(
    (object) =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      (isEndless || keyOf(object) > start) &&
      isSelected(object),
  );
  const items = limit > 0 ? left.slice(0, limit) : left;
  const last = items.at(-1);
  const hasMore = (limit > 0 && left.length > limit) || isEndless;
  if (hasMore) snapshots.keep(resource, revision, objects);
  const isFiltered = ['labelSelector', 'fieldSelector'].some((name) => parameters.get(name));
  return {
    kind: shown.list?.kind ?? `${resource.kind}List`,
    apiVersion: shown.list?.apiVersion ?? apiVersionOf(target),
    metadata: {
      resourceVersion: String(revision),
      ...(hasMore && { continue: tokenOf({ rv: revision, start: last ? keyOf(last) : '' }) }),
      ...(hasMore && !isFiltered && { remainingItemCount: left.length - items.length }),
    },
    items: items.map((object) => asItem(shown.show(object), shown.list !== undefined)),
  };
}

interface Start {
  readonly objects: readonly KubeObject[];
  readonly revision: number;
  readonly start: string;
}

function startOf(store: ObjectStore, snapshots: ListSnapshots, { resource, request }: ResourceCall): Start {
  const { parameters } = request;
  const token = parameters.get('continue');
  const asked = parameters.get('resourceVersion') ?? '';
  if (token) {
    if (asked !== '' && asked !== '0')
      throw badRequest('specifying resource version is not allowed when using continue');
    return continued(store, snapshots, resource, token);
  }
  const now = { objects: store.list(resource.plural), revision: store.revision, start: '' };
  const wanted = revisionOf(asked);
  if (wanted > store.revision) throw tooLarge(wanted, store.revision);
  if (parameters.get('resourceVersionMatch') !== 'Exact' || wanted === store.revision) return now;
  const objects = snapshots.find(resource, wanted);
  if (!objects) throw expired(`The resourceVersion for the provided list is too old.`);
  return { objects, revision: wanted, start: '' };
}

function continued(store: ObjectStore, snapshots: ListSnapshots, resource: Resource, token: string): Start {
  const position = positionOf(token);
  if (!position) throw badRequest('continue key is not valid: the token was not made by this server');
  const { rv, start } = position;
  // The answer 410 to an expired list contains a token with a negative revision: with that token, the list
  // continues with the present objects.
  if (rv < 0) return { objects: store.list(resource.plural), revision: store.revision, start };
  const objects = snapshots.find(resource, rv);
  if (objects) return { objects, revision: rv, start };
  throw expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    tokenOf({ rv: -1, start }),
  );
}

/** The number in a `resourceVersion` parameter; 0 if the parameter is empty. @throws a Status 400. */
export function revisionOf(text: string): number {
  if (text === '') return 0;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw badRequest(
    `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
  );
}

function expired(message: string, token?: string): StatusError {
  return new StatusError(410, 'Expired', message, undefined, token === undefined ? {} : { continue: token });
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#unavailable-resource-versions */
function tooLarge(wanted: number, current: number): StatusError {
  const message = `Timeout: Too large resource version: ${wanted}, current: ${current}`;
  return new StatusError(504, 'Timeout', message, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function tokenOf({ rv, start }: Position): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start })).toString('base64url');
}

function positionOf(token: string): Position | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (!isRecord(read) || typeof read['rv'] !== 'number' || typeof read['start'] !== 'string')
      return undefined;
    return { rv: read['rv'], start: read['start'] };
  } catch {
    // Not JSON, so the token is not from this server.
    return undefined;
  }
}
