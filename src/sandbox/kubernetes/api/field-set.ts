/**
 * Sets of fields of an object, in the form of managedFields:
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
import type { Json, JsonObject } from '../../protocols/operation';
import { isList, isObject } from './json';
import { isAtomic, isSet, mergeKeyOf } from './schema';

/** `f:` with the name of a member, `k:` with the key of an item in a list, `v:` with an item of a set. */
export type PathElement = string;
export type Path = readonly PathElement[];

/** The paths of the set, each by its key: see {@link keyOf}. */
export type FieldSet = ReadonlyMap<string, Path>;

export interface Leaf {
  readonly path: Path;
  readonly value: Json;
}

/** Fields without owners: the object's identity, and fields that only the server sets. */
const UNOWNED: readonly Path[] = [
  ['f:apiVersion'],
  ['f:kind'],
  ...[
    'name',
    'namespace',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'deletionTimestamp',
  ].map((member) => ['f:metadata', `f:${member}`]),
  ['f:metadata', 'f:deletionGracePeriodSeconds'],
  ['f:metadata', 'f:managedFields'],
  ['f:metadata', 'f:selfLink'],
];
const UNOWNED_KEYS = new Set(UNOWNED.map(keyOf));
const DEEPEST_UNOWNED = Math.max(...UNOWNED.map(({ length }) => length));

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

/**
 * All fields that can have an owner, with their values: scalars, atomic lists and maps as a whole, and empty
 * lists and maps.
 */
export function leavesOf(object: JsonObject): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  collect(object, [], undefined, undefined, leaves);
  return leaves;
}

function collect(
  value: Json,
  path: Path,
  field: string | undefined,
  parent: string | undefined,
  leaves: Map<string, Leaf>,
): void {
  if (path.length <= DEEPEST_UNOWNED && UNOWNED_KEYS.has(keyOf(path))) return;
  const children = childrenOf(value, field, parent);
  if (!children || children.length === 0) {
    if (path.length > 0) leaves.set(keyOf(path), { path, value });
    return;
  }
  for (const { element, name, value: child } of children)
    collect(child, [...path, element], name, name === field ? parent : field, leaves);
}

interface Child {
  readonly element: PathElement;
  /**
   * Name of the child's field; for an item of a set, name of the set's field; undefined for an item that has
   * a key.
   */
  readonly name: string | undefined;
  readonly value: Json;
}

/** The children of a value; undefined if the value is owned as a whole. */
function childrenOf(
  value: Json,
  field: string | undefined,
  parent: string | undefined,
): readonly Child[] | undefined {
  if (isObject(value)) {
    if (field !== undefined && isAtomic(field)) return undefined;
    return Object.entries(value).flatMap(([name, child]) =>
      child === undefined ? [] : [{ element: `f:${name}`, name, value: child }],
    );
  }
  if (!isList(value) || field === undefined) return undefined;
  if (isSet(field))
    return value.map((item) => ({ element: `v:${JSON.stringify(item)}`, name: field, value: item }));
  const key = mergeKeyOf(field, parent);
  if (key === undefined) return undefined;
  return value.flatMap((item) => {
    const by = isObject(item) ? item[key] : undefined;
    return by === undefined
      ? []
      : [{ element: `k:${JSON.stringify({ [key]: by })}`, name: undefined, value: item }];
  });
}

/** The set in the form of `fieldsV1`. */
export function toFieldsV1(fields: FieldSet): JsonObject {
  const tree: Tree = {};
  for (const path of fields.values()) {
    let at = tree;
    for (const element of path) {
      at[element] ??= element.startsWith('k:') ? { '.': {} } : {};
      at = at[element];
    }
  }
  return tree;
}

interface Tree {
  [element: string]: Tree;
}

export function fromFieldsV1(tree: JsonObject): FieldSet {
  const fields = new Map<string, Path>();
  const walk = (at: JsonObject, path: Path): void => {
    const elements = Object.keys(at).filter((element) => element !== '.');
    if (elements.length === 0 && path.length > 0) fields.set(keyOf(path), path);
    for (const element of elements) {
      const below = at[element];
      if (isObject(below)) walk(below, [...path, element]);
    }
  };
  walk(tree, []);
  return fields;
}

export function without(fields: FieldSet, others: { has(key: string): boolean }): FieldSet {
  return new Map([...fields].filter(([key]) => !others.has(key)));
}
