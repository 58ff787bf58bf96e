/** Deletes objects: one, or all that are selected. */

import { omitEmpty } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import type { Pod } from '../kinds';
import type { KubeObject } from '../kube-object';
import type { WriteOptions } from '../object-store';
import { graceOf } from '../pod-grace';
import { apiVersionOf } from '../resources';
import type { ResourceCall } from './call';
import { isObject, jsonBody } from './json';
import { selectedBy } from './selectors';
import { existing } from './write';
import { requestOptions } from './write-options';

export interface DeleteOptions extends WriteOptions {
  readonly graceSeconds?: number;
}

/**
 * @returns the object if it still exists afterwards, or if it is a pod; otherwise a Status of success.
 * @throws a Status.
 */
export function deleteOne(call: ResourceCall): JsonObject {
  const { group, plural } = call.resource;
  const before = existing(call);
  deleteObject(call, before, deleteOptions(call));
  const { name, uid } = before.metadata;
  const left = call.served.cluster.store.get(plural, call.namespace, name);
  // An object that still exists is the answer. A pod is the answer even if it no longer exists: then it is
  // shown as it was before the deletion.
  if (left?.metadata.uid === uid) return left;
  if (plural === 'pods') return before;
  const details = { name, ...omitEmpty({ group }), kind: plural, uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

/** @throws a Status. */
export function deleteCollection(call: ResourceCall): JsonObject {
  const { served, resource, namespace, request, target } = call;
  const isSelected = selectedBy(resource, request.parameters);
  const options = deleteOptions(call);
  const gone = served.cluster.store.list(resource.plural, namespace).filter(isSelected);
  for (const object of gone) deleteObject(call, object, options);
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(target),
    metadata: { resourceVersion: String(served.cluster.store.revision) },
    items: gone,
  };
}

function deleteObject({ served, resource }: ResourceCall, object: KubeObject, options: DeleteOptions): void {
  const { graceSeconds, ...expect } = options;
  const { namespace, name } = object.metadata;
  const grace = resource.plural === 'pods' ? graceOf(object as Pod, graceSeconds) : 0;
  served.cluster.store.markDeleted(resource.plural, namespace, name, grace, expect);
}

/**
 * Options from the query and the body. The body's grace period takes precedence; a dry run may be requested
 * in either.
 * @throws a Status 400, 415 or 422.
 */
function deleteOptions(call: ResourceCall): DeleteOptions {
  const { dryRun } = requestOptions(call);
  const body = call.body.length > 0 ? jsonBody(call.request, call.body) : {};
  const grace = call.request.parameters.get('gracePeriodSeconds');
  return optionsIn({ ...(grace !== null && { gracePeriodSeconds: Number(grace) }), ...body }, dryRun);
}

/** @param dryRun whether the query asks for a dry run. */
export function optionsIn(given: JsonObject, dryRun: boolean): DeleteOptions {
  const { gracePeriodSeconds, preconditions, dryRun: asked } = given;
  const { uid, resourceVersion } = isObject(preconditions) ? preconditions : {};
  return {
    dryRun: dryRun || (Array.isArray(asked) && asked.includes('All')),
    ...(typeof gracePeriodSeconds === 'number' && { graceSeconds: gracePeriodSeconds }),
    ...(typeof uid === 'string' && { uid }),
    ...(typeof resourceVersion === 'string' && { resourceVersion }),
  };
}
