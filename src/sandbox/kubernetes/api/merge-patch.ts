/** JSON Merge Patch: https://www.rfc-editor.org/rfc/rfc7386 */
import type { Json, JsonObject } from '../../protocols/operation';
import { isObject } from './json';

export function mergePatched(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: Record<string, Json | undefined> = { ...(isObject(target) ? target : {}) };
  for (const [member, value] of Object.entries(patch)) {
    if (value === null) delete merged[member];
    else if (value !== undefined) merged[member] = mergePatched(merged[member], value);
  }
  return merged satisfies JsonObject;
}
