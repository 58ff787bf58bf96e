/** The owners of an object's fields: maintains the entries of `metadata.managedFields`. */

import { omitEmpty, present } from '../../present';
import { kubeTime, type ManagedFieldsEntry, type NewObject, sameJson } from '../kube-object';
import { type FieldSet, fromFieldsV1, leavesOf, type Path, toFieldsV1, without } from './field-set';

/**
 * A writer and its kind of operation. `managedFields` has one entry for each combination of manager,
 * operation and subresource.
 */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource?: string;
  /** `apiVersion` of the resource whose object is written. */
  readonly apiVersion: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** An entry of `metadata.managedFields`, and its `fieldsV1` in parsed form. */
export interface Ownership {
  readonly entry: ManagedFieldsEntry;
  readonly fields: FieldSet;
}

export function ownershipsOf({ metadata }: NewObject): readonly Ownership[] {
  return (metadata.managedFields ?? []).map((entry) => ({ entry, fields: fromFieldsV1(entry.fieldsV1) }));
}

export function isOf(writer: Writer, { manager, operation, subresource }: ManagedFieldsEntry): boolean {
  return (
    manager === writer.manager &&
    operation === writer.operation &&
    (subresource ?? '') === (writer.subresource ?? '')
  );
}

/**
 * Returns `after`, the object as a create, update or patch leaves it, with the owners of its fields in
 * `metadata.managedFields`: the writer becomes the only owner of each field that the request changed, and
 * fields that the request removed have no owner any more.
 */
export function ownedAfterUpdate<T extends NewObject>(
  before: NewObject | undefined,
  after: T,
  writer: Writer,
): T {
  const was = before ? leavesOf(before) : new Map();
  const is = leavesOf(after);
  const written = new Map<string, Path>();
  for (const [key, { path, value }] of is) {
    const earlier = was.get(key);
    if (!earlier || !sameJson(earlier.value, value)) written.set(key, path);
  }
  const gone = new Set([...was.keys()].filter((key) => !is.has(key)));
  if (before && written.size === 0 && gone.size === 0) return withEntries(after, ownershipsOf(before));
  const others = (before ? ownershipsOf(before) : []).map(({ entry, fields }) => {
    const kept = without(fields, gone);
    return { entry, fields: isOf(writer, entry) ? kept : without(kept, written) };
  });
  return withEntries(
    after,
    withOwn(others, writer, (own) => new Map([...own, ...written])),
  );
}

/**
 * Returns the ownerships after `change` was applied to the fields of the writer's own entry. If the writer
 * has no entry yet, one is added after all others.
 */
export function withOwn(
  ownerships: readonly Ownership[],
  writer: Writer,
  change: (own: FieldSet) => FieldSet,
): readonly Ownership[] {
  const own = ownerships.find(({ entry }) => isOf(writer, entry));
  const fields = change(own?.fields ?? new Map());
  const isSame =
    own !== undefined && own.fields.size === fields.size && without(fields, own.fields).size === 0;
  const entry: ManagedFieldsEntry = {
    manager: writer.manager,
    operation: writer.operation,
    apiVersion: writer.apiVersion,
    time: isSame && own.entry.time !== undefined ? own.entry.time : kubeTime(writer.now),
    fieldsType: 'FieldsV1',
    fieldsV1: {},
    ...present({ subresource: writer.subresource }),
  };
  if (!own) return [...ownerships, { entry, fields }];
  return ownerships.map((one) => (one === own ? { entry, fields } : one));
}

/**
 * Returns the object with `ownerships` as its `metadata.managedFields`. Entries without fields are left out.
 */
export function withEntries<T extends NewObject>(object: T, ownerships: readonly Ownership[]): T {
  const { managedFields: _m, ...metadata } = object.metadata;
  const entries = ownerships
    .filter(({ fields }) => fields.size > 0)
    .map(({ entry, fields }) => ({ ...entry, fieldsV1: toFieldsV1(fields) }));
  return { ...object, metadata: { ...metadata, ...omitEmpty({ managedFields: entries }) } };
}
