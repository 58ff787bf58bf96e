/** Server-side apply: https://kubernetes.io/docs/reference/using-api/server-side-apply/ */

import { omitEmpty } from '../../present';
import type { Json, JsonObject } from '../../protocols/operation';
import { type KubeObject, sameJson } from '../kube-object';
import type { Resource } from '../resources';
import { StatusError } from '../status';
import { type FieldSet, type Leaf, leavesOf, type Path, without } from './field-set';
import { isList, isObject } from './json';
import { isOf, type Ownership, ownershipsOf, type Writer, withEntries, withOwn } from './managed-fields';

/**
 * The object after an apply: it has the fields of the configuration, and loses the fields that only this manager owns
 * and no longer applies.
 * @throws a Status 409 for fields that other managers set to another value, unless `force` takes them over.
 */
export function applied(
  live: KubeObject,
  configuration: JsonObject,
  {
    writer,
    force,
    resource,
  }: { readonly writer: Writer; readonly force: boolean; readonly resource: Resource },
): KubeObject {
  const wanted = leavesOf(configuration);
  const fields: FieldSet = new Map([...wanted].map(([key, { path }]) => [key, path]));
  const values = leavesOf(live);
  const all = ownershipsOf(live);
  const conflicts = all.flatMap((ownership) =>
    isOf(writer, ownership.entry) ? [] : conflictsWith(ownership, wanted, values),
  );
  if (conflicts.length > 0 && !force) throw conflictError(conflicts, resource, live);
  const taken = new Set(conflicts.map(({ key }) => key));
  const own = all.find(({ entry }) => isOf(writer, entry))?.fields ?? new Map<string, Path>();
  const others = all.filter(({ entry }) => !isOf(writer, entry));
  const dropped = [...without(own, fields)].filter(([key]) => !others.some((other) => other.fields.has(key)));
  const merged = [...wanted.values()].reduce<Json>(
    (object, leaf) => put(object, leaf.path, leaf.value),
    live,
  );
  const rest = dropped.reduce<Json | undefined>((object, [, path]) => cut(object, path), merged);
  const after = { ...(isObject(rest) ? rest : {}), metadata: metadataOf(rest, live) } as KubeObject;
  const kept = all.map((one) =>
    isOf(writer, one.entry) ? one : { ...one, fields: without(one.fields, taken) },
  );
  return withEntries(
    after,
    withOwn(kept, writer, () => fields),
  );
}

interface Conflict {
  readonly key: string;
  readonly path: Path;
  readonly owner: Ownership['entry'];
}

function conflictsWith(
  { entry, fields }: Ownership,
  wanted: ReadonlyMap<string, Leaf>,
  values: ReadonlyMap<string, Leaf>,
): readonly Conflict[] {
  return [...fields].flatMap(([key, path]) => {
    const mine = wanted.get(key);
    const isOther = mine !== undefined && !sameJson(mine.value, values.get(key)?.value);
    return isOther ? [{ key, path, owner: entry }] : [];
  });
}

/**
 * The conflicts as an error in the words of kube-apiserver: one cause for each conflict; the message groups
 * the conflicts by manager.
 */
function conflictError(
  conflicts: readonly Conflict[],
  { plural, group }: Resource,
  { metadata }: KubeObject,
): StatusError {
  const causes = conflicts.map(({ path, owner }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${named(owner)}`,
    field: shown(path),
  }));
  const managers = [...new Set(conflicts.map(({ owner }) => named(owner)))];
  const all = managers.map((manager) => {
    const fields = conflicts.filter(({ owner }) => named(owner) === manager).map(({ path }) => shown(path));
    return fields.length === 1
      ? `conflict with ${manager}: ${fields[0]}`
      : `conflicts with ${manager}:\n- ${fields.join('\n- ')}`;
  });
  const count = conflicts.length === 1 ? '1 conflict' : `${conflicts.length} conflicts`;
  return new StatusError(409, 'Conflict', `Apply failed with ${count}: ${all.join('\n')}`, {
    name: metadata.name,
    ...omitEmpty({ group }),
    kind: plural,
    causes,
  });
}

function named({ manager, operation, subresource, apiVersion, time }: Ownership['entry']): string {
  const by = `"${manager}"${subresource === undefined ? '' : ` with subresource "${subresource}"`}`;
  return operation === 'Apply' ? by : `${by} using ${apiVersion}${time === undefined ? '' : ` at ${time}`}`;
}

/** A path in the form `.spec.template.spec.containers[name="q"].image`. */
function shown(path: Path): string {
  return path
    .map((element) => {
      const text = element.slice(2);
      if (element.startsWith('f:')) return `.${text}`;
      if (element.startsWith('v:')) return `[=${text}]`;
      const key = JSON.parse(text) as JsonObject;
      return `[${Object.entries(key)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(',')}]`;
    })
    .join('');
}

/** A copy of `value` with `leaf` at the path. */
function put(value: Json | undefined, path: Path, leaf: Json): Json {
  const [element, ...rest] = path;
  if (element === undefined) return leaf;
  const text = element.slice(2);
  if (element.startsWith('f:')) {
    const object = isObject(value) ? value : {};
    return { ...object, [text]: put(object[text], rest, leaf) };
  }
  const list = isList(value) ? value : [];
  if (element.startsWith('v:')) return list.some((item) => sameJson(item, leaf)) ? list : [...list, leaf];
  const at = indexOfItem(list, text);
  // A new item starts with its key: the item's fields are put one at a time, and each finds the item by its
  // key, even if the key field itself is not yet put.
  if (at < 0) return [...list, put(JSON.parse(text) as JsonObject, rest, leaf)];
  return list.map((item, index) => (index === at ? put(item, rest, leaf) : item));
}

/** A copy without the field at the path, and without parents that become empty. */
function cut(value: Json | undefined, path: Path): Json | undefined {
  const [element, ...rest] = path;
  if (element === undefined) return undefined;
  const text = element.slice(2);
  if (element.startsWith('f:')) {
    if (!isObject(value)) return value;
    const { [text]: below, ...others } = value;
    const left = cut(below, rest);
    if (left !== undefined) return { ...others, [text]: left };
    return Object.keys(others).length > 0 ? others : undefined;
  }
  if (!isList(value)) return value;
  const at = element.startsWith('v:')
    ? value.findIndex((item) => JSON.stringify(item) === text)
    : indexOfItem(value, text);
  const items = value.flatMap((item, index) => (index === at ? (cut(item, rest) ?? []) : [item]));
  return items.length > 0 ? items : undefined;
}

function indexOfItem(list: readonly Json[], key: string): number {
  const wanted = Object.entries(JSON.parse(key) as JsonObject);
  return list.findIndex(
    (item) => isObject(item) && wanted.every(([name, value]) => sameJson(item[name], value)),
  );
}

/** The metadata of `object`, with the live object's name and uid, which an apply never removes. */
function metadataOf(object: Json | undefined, { metadata }: KubeObject): KubeObject['metadata'] {
  const found = isObject(object) ? object['metadata'] : undefined;
  return {
    ...(isObject(found) ? found : {}),
    name: metadata.name,
    uid: metadata.uid,
  } as KubeObject['metadata'];
}
