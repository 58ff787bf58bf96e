/** The members that all objects of a Kubernetes API share, and how an object is read from an answer. */

import { type Present, present } from '../../model/present';
import { count, flag, list, maybe, members, record, type Shape, text, word } from '../../model/shape';
import { Misshapen } from '../failures';

/** Reads objects of one kind from answers. */
export interface ObjectReader<T> {
  /** The members that an object must have, or may have, and their types. */
  readonly shape: Shape;
  /**
   * Names of arrays, at any depth, that are not read: where an answer lists objects, these arrays are emptied
   * before the objects are parsed.
   */
  readonly unused?: readonly string[];
  /** Copies only the needed members of an object that has the shape. */
  read(object: never): T;
}

/** The label in which EKS names the managed node group of a node. */
export const NODEGROUP_LABEL = 'eks.amazonaws.com/nodegroup';

/** The value of a JSON text. @throws Misshapen for a text that is not JSON */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (thrown) {
    throw new Misshapen(`the answer is no JSON: ${String(thrown)}`);
  }
}

/**
 * The object in a JSON text. `path`: the object's place in the answer.
 * @throws Misshapen if the text is not JSON, or the object does not have the shape
 */
export function readObject<T>(json: string, reader: ObjectReader<T>, path: string): T {
  return objectIn(parsed(json), reader, path);
}

/** As {@link readObject}, for a value that has already been parsed. */
export function objectIn<T>(value: unknown, { shape, read }: ObjectReader<T>, path: string): T {
  const misfit = shape(value, path);
  if (misfit !== undefined) throw new Misshapen(misfit);
  // The value was checked against the reader's own shape.
  return read(value as never);
}

/** The shape that the metadata of every kind of object must have. */
export const metadata = members({
  name: word,
  namespace: maybe(text),
  uid: word,
  creationTimestamp: word,
  deletionTimestamp: maybe(word),
  labels: maybe(record(text)),
  annotations: maybe(record(text)),
  finalizers: maybe(list(text)),
  generation: maybe(count),
  ownerReferences: maybe(list(members({ kind: word, name: word, uid: word, controller: maybe(flag) }))),
});

/** Metadata that has the shape {@link metadata}. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid: string;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string | null;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly annotations?: Readonly<Record<string, string>> | null;
  readonly finalizers?: readonly string[] | null;
  readonly generation?: number | null;
  readonly ownerReferences?:
    | readonly {
        readonly kind: string;
        readonly name: string;
        readonly uid: string;
        readonly controller?: boolean | null;
      }[]
    | null;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string | null;
  readonly message?: string | null;
}

export const conditions = maybe(
  list(members({ type: word, status: word, reason: maybe(text), message: maybe(text) })),
);

export function conditionOf(
  all: readonly Condition[] | null | undefined,
  type: string,
): Condition | undefined {
  return all?.find((condition) => condition.type === type);
}

/**
 * Why no node was found for a pod with these conditions; undefined if a node was found or the search goes on.
 */
export function unscheduledIn(
  all: readonly Condition[] | null | undefined,
): { readonly reason: string; readonly message: string } | undefined {
  const scheduled = conditionOf(all, 'PodScheduled');
  if (scheduled?.status !== 'False') return undefined;
  // Schedulers that are not Kubernetes' own may leave the reason out.
  return { reason: scheduled.reason || 'Unschedulable', message: scheduled.message ?? '' };
}

interface Common {
  readonly uid: string;
  readonly name: string;
  readonly createdAt: number;
  deletedAt?: number;
}

/**
 * Makes an object from the members that all objects share, the members of its kind, and those members of
 * `optional` that are not undefined. The members are assigned, not spread: V8 gives each object made by
 * spreading its own hidden class, and thousands of such objects cost twenty times as much to make and read.
 */
export function objectOf<T extends object, O extends object>(
  { name, uid, creationTimestamp, deletionTimestamp }: Metadata,
  members: T = {} as T,
  optional: O = {} as O,
): Common & T & Present<O> {
  const common: Common = { uid, name, createdAt: Date.parse(creationTimestamp) };
  if (deletionTimestamp != null) common.deletedAt = Date.parse(deletionTimestamp);
  return Object.assign(common, members, present(optional));
}
