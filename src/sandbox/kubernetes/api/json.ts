/** Tells JSON values apart. */
import type { Json, JsonObject } from '../../protocols/operation';

export type JsonList = readonly Json[];

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value in a body; undefined where it is not JSON. */
export function jsonIn(body: Buffer): Json | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as Json;
  } catch {
    // Callers that must tell the client why use parsedJson.
    return undefined;
  }
}

export function isList(value: Json | undefined): value is JsonList {
  return Array.isArray(value);
}
