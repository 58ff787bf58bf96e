/**
 * Strategic merge patches:
 * https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 */
import type { Json, JsonObject } from '../../protocols/operation';
import { sameJson } from '../kube-object';
import { badRequest } from '../status';
import { isList, isObject, type JsonList } from './json';
import { isSet, mergeKeyOf } from './schema';

const DIRECTIVE = '$patch';
const RETAIN = '$retainKeys';
const ORDER = '$setElementOrder/';
const DELETE_ITEMS = '$deleteFromPrimitiveList/';

/**
 * @throws a Status 400 for a directive that does not exist, or for an item of a list without the list's
 * merge key
 */
export function strategicallyMerged(target: JsonObject, patch: JsonObject): JsonObject {
  return mergedObject(target, patch, undefined);
}

/** @param field name of the field that contains the object; undefined for a whole Kubernetes object */
function mergedObject(target: JsonObject, patch: JsonObject, field: string | undefined): JsonObject {
  const { [DIRECTIVE]: directive, [RETAIN]: retain, ...members } = patch;
  if (directive === 'replace') return cleaned(members);
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge')
    throw badRequest(`Unknown patch type found: ${String(directive)}`);
  const kept = isList(retain)
    ? Object.entries(target).filter(([name]) => retain.includes(name))
    : Object.entries(target);
  const merged: Record<string, Json | undefined> = Object.fromEntries(kept);
  for (const [name, value] of Object.entries(members)) {
    if (name.startsWith(ORDER)) continue;
    if (name.startsWith(DELETE_ITEMS)) {
      const list = name.slice(DELETE_ITEMS.length);
      merged[list] = itemsWithout(merged[list], value);
    } else if (value === null) delete merged[name];
    else if (value !== undefined) merged[name] = mergedValue(merged[name], value, name, field);
  }
  for (const [name, order] of Object.entries(members))
    if (name.startsWith(ORDER)) {
      const list = name.slice(ORDER.length);
      merged[list] = ordered(merged[list], order, mergeKeyOf(list, field));
    }
  return merged;
}

function mergedValue(target: Json | undefined, patch: Json, name: string, parent: string | undefined): Json {
  if (isObject(patch)) return mergedObject(isObject(target) ? target : {}, patch, name);
  if (!isList(patch)) return patch;
  const before = isList(target) ? target : [];
  if (isSet(name)) return [...before, ...patch.filter((item) => !before.some((one) => sameJson(one, item)))];
  const key = mergeKeyOf(name, parent);
  return key === undefined ? patch : mergedItems(before, patch, key, name);
}

function mergedItems(target: JsonList, patch: JsonList, key: string, name: string): JsonList {
  if (patch.some((item) => isObject(item) && item[DIRECTIVE] === 'replace'))
    return patch
      .filter((item) => !(isObject(item) && item[DIRECTIVE] === 'replace'))
      .map((item) => cleanedValue(item));
  const merged = [...target];
  for (const item of patch) {
    if (!isObject(item)) continue;
    const by = item[key];
    if (by === undefined) throw badRequest(`map: does not contain declared merge key: ${key}`);
    const at = merged.findIndex((one) => isObject(one) && sameJson(one[key], by));
    const before = merged[at];
    if (item[DIRECTIVE] === 'delete') {
      if (at >= 0) merged.splice(at, 1);
    } else if (isObject(before)) merged[at] = mergedObject(before, item, name);
    else merged.push(mergedObject({}, item, name));
  }
  return merged;
}

/**
 * Moves the items that `order` names to the beginning of the list, in the order in which they are named. The
 * other items follow in their previous order.
 */
function ordered(list: Json | undefined, order: Json | undefined, key: string | undefined): Json | undefined {
  if (!isList(list) || !isList(order)) return list;
  const of = (item: Json): Json | undefined => (key !== undefined && isObject(item) ? item[key] : item);
  const named = order.flatMap((wanted) => list.filter((item) => sameJson(of(item), of(wanted))));
  return [...named, ...list.filter((item) => !named.includes(item))];
}

function itemsWithout(list: Json | undefined, gone: Json | undefined): Json | undefined {
  if (!isList(list) || !isList(gone)) return list;
  return list.filter((item) => !gone.some((one) => sameJson(one, item)));
}

/** The object without directives and nulls, as after a patch with `$patch: replace`. */
function cleaned(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([name, value]) => value !== null && value !== undefined && !name.startsWith('$'))
      .map(([name, value]) => [name, cleanedValue(value ?? null)]),
  );
}

function cleanedValue(value: Json): Json {
  if (isObject(value)) return cleaned(value);
  return isList(value) ? value.map(cleanedValue) : value;
}
