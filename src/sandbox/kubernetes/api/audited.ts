/** Adds each request to change a resource to the audit log, even if the request is refused. */
import type { Delivery } from '../../delivery';
import { omitEmpty, present } from '../../present';
import type { JsonObject } from '../../protocols/operation';
import { StatusError } from '../status';
import type { Call } from './call';
import { isObject, jsonIn } from './json';
import { resourceOf } from './request';

const CHANGING = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** @throws the errors of `act` */
export function audited<D extends Extract<Delivery, { readonly status: number }>>(
  call: Call,
  act: () => D,
): D {
  const { target, verb } = call.request;
  if (!target || !resourceOf(target) || !CHANGING.includes(verb)) return act();
  try {
    const answer = act();
    record(call, answer.status);
    return answer;
  } catch (error) {
    if (error instanceof StatusError) record(call, error.status.code, error);
    throw error;
  }
}

function record({ served, caller, request, body }: Call, code: number, error?: StatusError): void {
  const { target, verb, path, query, headers } = request;
  if (!target) return;
  const requestObject = objectIn(body);
  const named =
    requestObject && isObject(requestObject['metadata']) ? requestObject['metadata']['name'] : undefined;
  const { plural, group, version, namespace, subresource } = target;
  const name = target.name ?? (typeof named === 'string' ? named : undefined);
  const userAgent = headers['user-agent'];
  served.audit.record(served.cluster, {
    verb,
    uri: query === '' ? path : `${path}?${query}`,
    username: caller.username,
    groups: caller.groups,
    ...present({ userAgent }),
    objectRef: {
      resource: plural,
      apiVersion: version,
      ...omitEmpty({ namespace, name, apiGroup: group, subresource }),
    },
    code,
    ...present({ requestObject, refusal: error?.status }),
  });
}

/** The body, if it is a JSON object. */
function objectIn(body: Buffer): JsonObject | undefined {
  const value = jsonIn(body);
  return isObject(value) ? value : undefined;
}
