/** Creates and changes objects: POST and PUT, and the code that patches share with them. */

import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import type { KubeObject, NewObject } from '../kube-object';
import { apiVersionOf, resourceNamed } from '../resources';
import { badRequest, conflict, MODIFIED, notFound, otherUid } from '../status';
import type { ResourceCall } from './call';
import { isObject, jsonBody } from './json';
import { ownedAfterUpdate, type Writer } from './managed-fields';
import { checkKnownFields, checkObject } from './validation';
import { type RequestOptions, requestOptions } from './write-options';

/** @throws a Status. */
export function create(call: ResourceCall): KubeObject {
  const options = requestOptions(call);
  const given = objectIn(call, jsonBody(call.request, call.body));
  if (options.strict) checkKnownFields(call.resource, given);
  if (given.metadata['resourceVersion'])
    throw badRequest('resourceVersion should not be set on objects to be created');
  return createObject(call, given, options, writerOf(call, options, 'Update'));
}

/**
 * Creates an object that a client sent, without the fields that only the server sets. The status that was
 * sent is kept only for nodes and for resources without the subresource `status`.
 */
export function createObject(
  { served, resource, namespace }: ResourceCall,
  given: NewObject,
  { dryRun }: RequestOptions,
  writer: Writer,
): KubeObject {
  const { store } = served.cluster;
  checkObject(resource, given, undefined);
  if (namespace !== undefined && !store.get('namespaces', undefined, namespace))
    throw notFound(resourceNamed('namespaces'), namespace);
  const { uid: _u, creationTimestamp: _c, generation: _g, managedFields: _m, ...metadata } = given.metadata;
  const { resourceVersion: _r, deletionTimestamp: _d, deletionGracePeriodSeconds: _s, ...own } = metadata;
  const { status: _status, ...rest } = given;
  const kept = resource.subresources.includes('status') && resource.plural !== 'nodes' ? rest : given;
  const object = { ...kept, metadata: own } as NewObject;
  return store.create(resource.plural, ownedAfterUpdate(undefined, object, writer), { dryRun });
}

/** @throws a Status. */
export function replace(call: ResourceCall): KubeObject {
  const options = requestOptions(call);
  const given = objectIn(call, jsonBody(call.request, call.body));
  if (options.strict) checkKnownFields(call.resource, given);
  const before = existing(call);
  return changeObject(call, before, given, options, writerOf(call, options, 'Update'));
}

/**
 * Replaces `before` by `given`: only the status if the request is for the subresource `status`, otherwise everything
 * except the status. As in kube-apiserver, a write to the status may change the metadata too, except a Deployment's
 * labels. An object that does not change keeps its resourceVersion.
 * @throws a Status 409 if `given` names another resourceVersion or uid, 422 if it breaks a rule.
 */
export function changeObject(
  { served, resource, target }: ResourceCall,
  before: KubeObject,
  given: NewObject,
  { dryRun }: RequestOptions,
  writer: Writer,
): KubeObject {
  const { name } = before.metadata;
  const { uid, resourceVersion } = given.metadata;
  if (uid !== undefined && uid !== before.metadata.uid)
    throw otherUid(resource, name, uid, before.metadata.uid);
  if (resourceVersion && resourceVersion !== before.metadata.resourceVersion)
    throw conflict(resource, name, MODIFIED);
  const isStatus = target.subresource === 'status';
  const hasStatus = resource.subresources.includes('status');
  const { status: _status, ...rest } = given;
  const written = isStatus
    ? { ...before, ...present({ status: given.status }) }
    : {
        ...(hasStatus ? rest : given),
        ...(hasStatus && before.status !== undefined && { status: before.status }),
      };
  const { labels, ...unlabelled } = given.metadata;
  const keptLabels = isStatus && resource.plural === 'deployments' ? before.metadata.labels : labels;
  const after = {
    ...written,
    metadata: { ...unlabelled, ...present({ labels: keptLabels }), name },
  } as KubeObject;
  checkObject(resource, after, before);
  const owned = writer.operation === 'Apply' ? after : ownedAfterUpdate(before, after, writer);
  return served.cluster.store.update(resource.plural, owned, { dryRun });
}

/** @throws a Status 404. */
export function existing({ served, resource, target, namespace }: ResourceCall): KubeObject {
  const name = target.name ?? '';
  const object = served.cluster.store.get(resource.plural, namespace, name);
  if (!object) throw notFound(resource, name);
  return object;
}

export function writerOf(
  { served, target }: ResourceCall,
  { manager }: RequestOptions,
  operation: Writer['operation'],
): Writer {
  const { subresource } = target;
  return {
    manager,
    operation,
    apiVersion: apiVersionOf(target),
    now: served.cluster.time.now(),
    ...present({ subresource }),
  };
}

/**
 * The body as an object of the resource in the path. @throws a Status 400 if its apiVersion, kind, namespace
 * or name contradicts the path, or its metadata are malformed
 */
export function objectIn({ resource, target, namespace }: ResourceCall, body: JsonObject): NewObject {
  const expected = apiVersionOf(target);
  const { apiVersion = expected, kind = resource.kind, metadata = {} } = body;
  if (apiVersion !== expected)
    throw badRequest(
      `the API version in the data (${String(apiVersion)}) does not match the expected API version (${expected})`,
    );
  if (kind !== resource.kind)
    throw badRequest(
      `${resource.kind} in version "${target.version}" cannot be handled as a ${resource.kind}: kind is ${String(kind)}`,
    );
  if (!isObject(metadata) || !isObject(body)) throw badRequest('metadata is not an object');
  const { namespace: given = '', ...own } = metadata;
  const { name } = own;
  if (given !== '' && namespace !== undefined && given !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  if (target.name !== undefined && name !== undefined && name !== target.name)
    throw badRequest(
      `the name of the object (${String(name)}) does not match the name on the URL (${target.name})`,
    );
  // The path decides the namespace: it is filled in where the body has none, and removed where the resource has none.
  const placed = { ...own, ...present({ namespace }) };
  return { ...body, apiVersion: expected, kind: resource.kind, metadata: placed } as NewObject;
}
