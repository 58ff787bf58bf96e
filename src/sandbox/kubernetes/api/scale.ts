/** The subresource `scale`: a workload's number of replicas, in the same form for all kinds that have it. */
import type { JsonObject } from '../../protocols/operation';
import type { KubeObject, NewObject } from '../kube-object';
import { badRequest } from '../status';
import type { ResourceCall } from './call';
import { isObject, jsonBody, parsedJson } from './json';
import { patched } from './patch';
import { changeObject, existing, writerOf } from './write';
import { requestOptions } from './write-options';

/** @throws a Status. */
export function scale(call: ResourceCall): JsonObject {
  const before = existing(call);
  const { verb, headers } = call.request;
  if (verb === 'get') return shown(before);
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  const wanted =
    verb === 'patch'
      ? patched(shown(before), parsedJson(call.body), type)
      : jsonBody(call.request, call.body);
  const { spec, metadata } = wanted;
  const replicas = isObject(spec) ? (spec['replicas'] ?? 0) : 0;
  if (typeof replicas !== 'number')
    throw badRequest('json: cannot unmarshal into Go struct field ScaleSpec.spec.replicas of type int32');
  const resourceVersion = isObject(metadata) ? metadata['resourceVersion'] : undefined;
  const options = requestOptions(call);
  const after = {
    ...before,
    metadata: { ...before.metadata, ...(typeof resourceVersion === 'string' && { resourceVersion }) },
    spec: { ...before.spec, replicas },
  } satisfies NewObject;
  return shown(changeObject(call, before, after, options, writerOf(call, options, 'Update')));
}

/** https://kubernetes.io/docs/reference/kubernetes-api/autoscaling-resources/scale-v1/ */
function shown({ metadata, spec, status }: KubeObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const selector = spec?.['selector'];
  const labels = isObject(selector) ? (selector['matchLabels'] ?? selector) : {};
  const text = isObject(labels)
    ? Object.entries(labels)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(',')
    : '';
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec?.['replicas'] ?? 0 },
    status: { replicas: status?.['replicas'] ?? 0, selector: text },
  };
}
