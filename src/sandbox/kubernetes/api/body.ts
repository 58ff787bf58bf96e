/** Bodies of requests to the Kubernetes API. */
import type { JsonObject } from '../../protocols/operation';
import { isRecord } from '../../shapes';
import { badRequest, StatusError } from '../status';
import type { ApiRequest } from './request';

/** @throws a Status 415 for another type than JSON, 400 for anything but a JSON object. */
export function jsonBody({ headers }: ApiRequest, body: Buffer): JsonObject {
  const type = (headers['content-type'] ?? 'application/json').split(';')[0]?.trim();
  if (type !== 'application/json')
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json',
    );
  const value = parsedJson(body);
  if (!isJsonObject(value))
    throw badRequest("the object provided is unrecognized: couldn't get version/kind");
  return value;
}

/** @throws a Status 400 for what is not JSON. */
export function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw badRequest(`error decoding the body: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** An object that JSON.parse returns consists of JSON alone. */
export function isJsonObject(value: unknown): value is JsonObject {
  return isRecord(value);
}
