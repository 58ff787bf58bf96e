/** Telling JSON values apart. */
import type { Json, JsonObject } from '../../protocols/operation';

export type JsonList = readonly Json[];

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for what is not JSON. */
export function jsonIn(body: Buffer): Json | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as Json;
  } catch {
    // Where the client must be told why, parsedJson is used.
    return undefined;
  }
}

export function isList(value: Json | undefined): value is JsonList {
  return Array.isArray(value);
}
