/** Telling JSON values apart. */
import type { Json, JsonObject } from '../../protocols/operation';

export type JsonList = readonly Json[];

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is JsonList {
  return Array.isArray(value);
}
