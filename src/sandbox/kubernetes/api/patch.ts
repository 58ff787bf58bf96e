/** PATCH in its four formats: https://kubernetes.io/docs/reference/using-api/api-concepts/#patch-and-apply */
import jsonPatch from 'fast-json-patch';
import type { Json, JsonObject } from '../../protocols/operation';
import type { KubeObject } from '../kube-object';
import { badRequest, notFound, otherUid, StatusError } from '../status';
import { applied } from './apply';
import type { ResourceCall } from './call';
import { isObject, parsedJson } from './json';
import { strategicallyMerged } from './strategic-merge-patch';
import { checkKnownFields } from './validation';
import { changeObject, createObject, existing, objectIn, writerOf } from './write';
import { invalidOptions, type RequestOptions, requestOptions } from './write-options';

const APPLY = 'application/apply-patch+yaml';
const TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  APPLY,
];

/** The object after the patch, and whether the patch has created it. @throws a Status. */
export function patch(call: ResourceCall): { readonly object: KubeObject; readonly isNew: boolean } {
  const type = (call.request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (!TYPES.includes(type))
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${TYPES.join(', ')}`,
    );
  const options = requestOptions(call);
  if (type === APPLY) return apply(call, options);
  if (call.request.parameters.has('force'))
    throw invalidOptions('PatchOptions', 'force: Forbidden: may not be specified for non-apply patch');
  const before = existing(call);
  const after = patched(before, parsedJson(call.body), type);
  const given = objectIn(call, after);
  if (options.strict) checkKnownFields(call.resource, given);
  const object = changeObject(call, before, given, options, writerOf(call, options, 'Update'));
  return { object, isNew: false };
}

/** @throws a Status 400 or 422. */
export function patched(before: JsonObject, body: unknown, type: string): JsonObject {
  if (type === 'application/json-patch+json') return jsonPatched(before, body);
  if (!isObject(body)) throw badRequest('error decoding patch: it is not a JSON object');
  const after =
    type === 'application/merge-patch+json' ? mergePatched(before, body) : strategicallyMerged(before, body);
  return isObject(after) ? after : {};
}

function jsonPatched(before: JsonObject, body: unknown): JsonObject {
  if (!Array.isArray(body)) throw badRequest('error decoding patch: it is not a JSON array');
  try {
    // Both are copied: `applyPatch` changes the document in place, and values of the patch become parts of the
    // document, so that later operations would change the patch, too.
    const { newDocument } = jsonPatch.applyPatch(
      structuredClone(before) as object,
      structuredClone(body),
      true,
    );
    return newDocument as JsonObject;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const problem = error.message.split('\n')[0] ?? '';
    throw new StatusError(
      422,
      'Invalid',
      `the server rejected our request due to an error in our request: ${problem}`,
      {},
    );
  }
}

function apply(
  call: ResourceCall,
  options: RequestOptions,
): { readonly object: KubeObject; readonly isNew: boolean } {
  const { request, resource, served, namespace, target } = call;
  if (!request.parameters.get('fieldManager'))
    throw invalidOptions('PatchOptions', 'fieldManager: Required value: is required for apply patch');
  const body = parsedJson(call.body) as Json;
  if (!isObject(body) || body['apiVersion'] === undefined || body['kind'] === undefined)
    throw badRequest('invalid object type: the configuration must say its apiVersion and kind');
  const configuration = objectIn(call, body);
  if (configuration.metadata.managedFields !== undefined)
    throw badRequest('metadata.managedFields must be nil');
  if (options.strict) checkKnownFields(resource, configuration);
  const writer = writerOf(call, options, 'Apply');
  const name = target.name ?? '';
  const live = served.cluster.store.get(resource.plural, namespace, name);
  const { uid, resourceVersion } = configuration.metadata;
  if (live) {
    const after = applied(live, configuration, { writer, force: options.force, resource });
    const metadata = {
      ...after.metadata,
      uid: uid ?? live.metadata.uid,
      resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : live.metadata.resourceVersion,
    };
    return { object: changeObject(call, live, { ...after, metadata }, options, writer), isNew: false };
  }
  if (uid !== undefined) throw otherUid(resource, name, uid, '');
  if (resourceVersion !== undefined || target.subresource !== undefined) throw notFound(resource, name);
  const object = { ...configuration, metadata: { ...configuration.metadata, name } };
  return { object: createObject(call, object, options, writer), isNew: true };
}

/** JSON Merge Patch: https://www.rfc-editor.org/rfc/rfc7386 */
function mergePatched(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: Record<string, Json | undefined> = { ...(isObject(target) ? target : {}) };
  for (const [member, value] of Object.entries(patch)) {
    if (value === null) delete merged[member];
    else if (value !== undefined) merged[member] = mergePatched(merged[member], value);
  }
  return merged satisfies JsonObject;
}
