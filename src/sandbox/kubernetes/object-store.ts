/**
 * The objects of one Kubernetes cluster. Each change has its own number: the new resourceVersion of the
 * changed object.
 */

import { randomUUID } from 'node:crypto';
import { present } from '../present';
import { type KubeObject, kubeTime, type NewObject, type ObjectMeta, sameJson } from './kube-object';
import { type Resource, resourceNamed } from './resources';
import { alreadyExists, conflict, MODIFIED, notAsExpected, notFound, otherUid } from './status';

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** The resource's plural name, as in resources.ts. */
  readonly resource: string;
  /**
   * The object after the change. For a deleted object its last state, with the resourceVersion of the
   * deletion.
   */
  readonly object: KubeObject;
  /** The object before the change; absent for a new object. */
  readonly before?: KubeObject;
}

/** The conditions that an object must still meet when it is changed. */
export interface Expectation {
  readonly resourceVersion?: string;
  readonly uid?: string;
}

export interface WriteOptions extends Expectation {
  /**
   * Whether this is a dry run, which makes the same checks and returns the resulting object, but stores
   * nothing.
   */
  readonly dryRun?: boolean;
}

/**
 * Objects are values: a change replaces an object by another one, and code that has the earlier object may
 * keep it. Resources are named by their plural, see resources.ts. For objects that are not namespaced,
 * `namespace` is undefined.
 */
export class ObjectStore {
  private readonly tables = new Map<string, Table>();
  private readonly listeners = new Set<(change: Change) => void>();
  private readonly untold: Change[] = [];
  private isTelling = false;
  private history: Change[] = [];
  /** The resourceVersion of the latest change that is no longer in the history. */
  private forgotten = 0;
  private last = 0;

  /**
   * @param now epoch milliseconds, for timestamps.
   * @param historyLength number of latest changes to keep, so that a watch can be resumed from any of them.
   */
  constructor(
    private readonly now: () => number,
    private readonly historyLength = 20_000,
  ) {}

  /** The latest resourceVersion. */
  get revision(): number {
    return this.last;
  }

  get(resource: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.tables.get(resource)?.objects.get(keyOf(namespace, name));
  }

  /** Objects of a resource, of one namespace or of all, sorted by `namespace/name` as in etcd. */
  list(resource: string, namespace?: string): readonly KubeObject[] {
    const all = this.tables.get(resource)?.sorted() ?? [];
    return namespace === undefined ? all : all.filter(({ metadata }) => metadata.namespace === namespace);
  }

  /**
   * Creates an object. Fills in resourceVersion, generation 1 (for kinds that have a generation) and, if
   * they are not given, uid, creationTimestamp and a name that begins with `generateName`.
   * @throws a Status 409 if the object exists
   */
  create(resource: string, given: NewObject, { dryRun = false }: WriteOptions = {}): KubeObject {
    const described = resourceNamed(resource);
    const { generateName = '', namespace } = given.metadata;
    const name = given.metadata.name ?? `${generateName}${randomUUID().slice(-5)}`;
    if (this.get(resource, namespace, name)) throw alreadyExists(described, name);
    const object: KubeObject = {
      ...given,
      metadata: {
        creationTimestamp: kubeTime(this.now()),
        uid: randomUUID(),
        ...given.metadata,
        name,
        resourceVersion: '',
        ...(described.generation && { generation: 1 }),
      },
    };
    return dryRun ? object : this.put('ADDED', resource, object);
  }

  /**
   * Replaces the stored object with the same name by `object`. Uid, creationTimestamp and the marks of a
   * deletion stay as they are; the generation grows by 1 if the spec changes. An equal object changes
   * nothing, not even the resourceVersion. If the object is being deleted with a grace period of 0, an
   * update that removes its last finalizer removes the object.
   * @throws a Status 404 if the object does not exist, 409 if it is not as expected
   */
  update(resource: string, object: KubeObject, expect: WriteOptions = {}): KubeObject {
    const described = resourceNamed(resource);
    const { namespace, name } = object.metadata;
    const before = this.expected(described, namespace, name, expect);
    const after: KubeObject = { ...object, metadata: metadataAfter(described, before, object) };
    if (sameJson(before, after)) return before;
    if (expect.dryRun) return after;
    const put = this.put('MODIFIED', resource, after, before);
    if (isFinished(put)) return this.remove(resource, namespace, name);
    return put;
  }

  /**
   * Carries out a DELETE. An object with finalizers or a grace period stays, with a deletionTimestamp; any
   * other object is removed at once. Another call may shorten the grace period; a grace period of 0 means
   * that the processes have ended.
   * @throws a Status 404 if the object does not exist, 409 if it is not as expected
   */
  markDeleted(
    resource: string,
    namespace: string | undefined,
    name: string,
    graceSeconds: number,
    expect: WriteOptions = {},
  ): KubeObject {
    const described = resourceNamed(resource);
    const before = this.expected(described, namespace, name, {});
    const { uid, resourceVersion } = before.metadata;
    if (expect.uid !== undefined && expect.uid !== uid)
      throw notAsExpected(described, name, 'UID', expect.uid, uid);
    if (expect.resourceVersion !== undefined && expect.resourceVersion !== resourceVersion)
      throw notAsExpected(described, name, 'ResourceVersion', expect.resourceVersion, resourceVersion);
    const { deletionGracePeriodSeconds: earlier = Number.POSITIVE_INFINITY, generation } = before.metadata;
    if (graceSeconds >= earlier && !isFinished(before)) return before;
    const marked: KubeObject = {
      ...before,
      metadata: {
        ...before.metadata,
        deletionTimestamp: kubeTime(this.now() + graceSeconds * 1000),
        deletionGracePeriodSeconds: graceSeconds,
        ...(generation !== undefined && { generation: generation + 1 }),
      },
    };
    if (expect.dryRun) return marked;
    if (isFinished(marked)) return this.remove(resource, namespace, name);
    return this.put('MODIFIED', resource, marked, before);
  }

  /**
   * Removes an object at once, even one with finalizers.
   * @returns its last state.
   * @throws a Status 404 when the object does not exist.
   */
  remove(resource: string, namespace: string | undefined, name: string): KubeObject {
    const before = this.expected(resourceNamed(resource), namespace, name, {});
    return this.put('DELETED', resource, before, before);
  }

  /**
   * Calls `listener` synchronously with every change, in order.
   * @returns a function that removes the listener
   */
  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether the history lacks changes after `revision`. */
  isExpired(revision: number): boolean {
    return revision < this.forgotten;
  }

  /** All changes after `revision`; `expired` if the history lacks some of them. */
  changesSince(revision: number): readonly Change[] | 'expired' {
    if (this.isExpired(revision)) return 'expired';
    return this.history.filter((change) => revisionOf(change) > revision);
  }

  /** Empties the history, like a compaction of etcd, which Kubernetes requests every five minutes. */
  compact(): void {
    this.forgotten = this.last;
    this.history = [];
  }

  private expected(
    resource: Resource,
    namespace: string | undefined,
    name: string,
    { resourceVersion, uid }: Expectation,
  ): KubeObject {
    const object = this.get(resource.plural, namespace, name);
    if (!object) throw notFound(resource, name);
    const { metadata } = object;
    if (uid !== undefined && uid !== metadata.uid) throw otherUid(resource, name, uid, metadata.uid);
    if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
      throw conflict(resource, name, MODIFIED);
    return object;
  }

  private put(type: Change['type'], resource: string, given: KubeObject, before?: KubeObject): KubeObject {
    this.last += 1;
    const object = { ...given, metadata: { ...given.metadata, resourceVersion: String(this.last) } };
    const change: Change = { type, resource, object, ...present({ before }) };
    this.tableOf(resource).apply(change);
    this.history.push(change);
    // Drops a tenth of the history at a time: dropping single changes would copy the whole history at each
    // change.
    if (this.history.length > this.historyLength * 1.1) {
      this.forgotten = revisionOf(this.history.at(-this.historyLength - 1) ?? change);
      this.history = this.history.slice(-this.historyLength);
    }
    this.tell(change);
    return object;
  }

  /**
   * Calls the listeners. If a listener itself makes a change, every listener still receives the earlier change
   * first.
   */
  private tell(change: Change): void {
    this.untold.push(change);
    if (this.isTelling) return;
    this.isTelling = true;
    try {
      for (let next = this.untold.shift(); next; next = this.untold.shift())
        for (const listener of [...this.listeners]) listener(next);
    } finally {
      this.isTelling = false;
    }
  }

  private tableOf(resource: string): Table {
    const table = this.tables.get(resource) ?? new Table();
    this.tables.set(resource, table);
    return table;
  }
}

/** The objects of one resource. */
class Table {
  readonly objects = new Map<string, KubeObject>();
  /** The sorted keys; undefined while they are out of date. */
  private order: readonly string[] | undefined;

  apply({ type, object }: Change): void {
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    if (type === 'DELETED') this.objects.delete(key);
    else this.objects.set(key, object);
    if (type !== 'MODIFIED') this.order = undefined;
  }

  sorted(): readonly KubeObject[] {
    this.order ??= [...this.objects.keys()].sort();
    return this.order.flatMap((key) => this.objects.get(key) ?? []);
  }
}

/** The key has the form of etcd's keys, so that objects sort as in etcd. */
function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function revisionOf({ object }: Change): number {
  return Number(object.metadata.resourceVersion);
}

/**
 * Metadata after an update: fields that a writer may set come from the request, the others from the stored
 * object; the generation grows by 1 if the spec is new.
 */
function metadataAfter({ generation: counts }: Resource, before: KubeObject, after: KubeObject): ObjectMeta {
  const { deletionTimestamp: _d, deletionGracePeriodSeconds: _g, generation: _c, ...own } = after.metadata;
  const { uid, creationTimestamp, resourceVersion, generation } = before.metadata;
  const { deletionTimestamp, deletionGracePeriodSeconds } = before.metadata;
  const isNewSpec = counts && !sameJson(before.spec, after.spec);
  return {
    ...own,
    uid,
    creationTimestamp,
    resourceVersion,
    ...present({
      generation: generation && (isNewSpec ? generation + 1 : generation),
      deletionTimestamp,
      deletionGracePeriodSeconds,
    }),
  };
}

/** True if the object is being deleted and neither its grace period nor finalizers keep it. */
function isFinished({ metadata }: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadata;
  return deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 && finalizers.length === 0;
}
