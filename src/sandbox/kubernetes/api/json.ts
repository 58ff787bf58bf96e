/**
 * Type guards for JSON values of the Kubernetes API, and functions that read such values from request
 * bodies.
 */
import type { Json, JsonObject } from '../../protocols/operation';
import { isRecord } from '../../shapes';
import { badRequest, StatusError } from '../status';
import type { ApiRequest } from './request';

export type JsonList = readonly Json[];

/** @param value must come from JSON.parse, so that an object consists only of JSON */
export function isObject(value: unknown): value is JsonObject {
  return isRecord(value);
}

export function isList(value: Json | undefined): value is JsonList {
  return Array.isArray(value);
}

/** The value in a body; undefined if the body is not JSON. */
export function jsonIn(body: Buffer): Json | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as Json;
  } catch {
    // Callers that have to give the reason to the client use parsedJson.
    return undefined;
  }
}

/** @throws a Status 415 for a content type other than JSON, 400 for a body that is not a JSON object */
export function jsonBody({ headers }: ApiRequest, body: Buffer): JsonObject {
  const type = (headers['content-type'] ?? 'application/json').split(';')[0]?.trim();
  if (type !== 'application/json')
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json',
    );
  const value = parsedJson(body);
  if (!isObject(value)) throw badRequest("the object provided is unrecognized: couldn't get version/kind");
  return value;
}

/** @throws a Status 400 for a body that is not JSON */
export function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw badRequest(`error decoding the body: ${error instanceof Error ? error.message : String(error)}`);
  }
}
