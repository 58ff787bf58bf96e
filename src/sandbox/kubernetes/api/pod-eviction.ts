/** The subresource `eviction` of pods. */

import { present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import { evict } from '../eviction';
import { badRequest } from '../status';
import type { ResourceCall } from './call';
import { optionsIn } from './delete';
import { isObject, jsonBody } from './json';
import { requestOptions } from './write-options';

/** @throws a Status: 400, 415 or 422 for an invalid request; otherwise see {@link evict} */
export function evictPod(call: ResourceCall): JsonObject {
  const { served, target, namespace = '' } = call;
  const { metadata, deleteOptions, kind } = jsonBody(call.request, call.body);
  const name = target.name ?? '';
  if (kind !== undefined && kind !== 'Eviction')
    throw badRequest(`no kind "${String(kind)}" is registered for an eviction`);
  if (!isObject(metadata) || metadata['name'] !== name)
    throw badRequest('name in URL does not match name in Eviction object');
  const { dryRun } = requestOptions(call);
  const {
    graceSeconds,
    dryRun: isDry = false,
    ...expect
  } = optionsIn(isObject(deleteOptions) ? deleteOptions : {}, dryRun);
  evict(served.cluster, {
    namespace,
    name,
    dryRun: isDry,
    expect,
    ...present({ graceSeconds }),
  });
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 };
}
