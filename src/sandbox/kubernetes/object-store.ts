/** The objects of one Kubernetes cluster, each change with a number of its own. */
import { randomUUID } from 'node:crypto';
import { type KubeObject, kubeTime, type NewObject, type ObjectMeta, sameJson } from './kube-object';
import { type Resource, resourceNamed } from './resources';
import { alreadyExists, conflict, MODIFIED, notAsExpected, notFound, otherUid } from './status';

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** Plural, as in resources.ts. */
  readonly resource: string;
  /** As it is after the change; a deleted one as it was last, with the number of its deletion. */
  readonly object: KubeObject;
  /** As it was before; absent where it is new. */
  readonly before?: KubeObject;
}

/** What an object must still be when it is changed. */
export interface Expectation {
  readonly resourceVersion?: string;
  readonly uid?: string;
}

export interface WriteOptions extends Expectation {
  /** A dry run: answers as if, and changes nothing. */
  readonly dryRun?: boolean;
}

/**
 * Objects are values: a change puts another one in an object's place, so whoever holds one may keep it.
 * Resources are named by their plural, see resources.ts. What is not namespaced has the namespace undefined.
 */
export class ObjectStore {
  private readonly tables = new Map<string, Table>();
  private readonly listeners = new Set<(change: Change) => void>();
  private readonly untold: Change[] = [];
  private history: Change[] = [];
  /** The latest change that the history does not hold any more. */
  private forgotten = 0;
  private last = 0;

  /**
   * @param now epoch milliseconds, for timestamps.
   * @param historyLength how many changes a watch can be resumed over.
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

  /** In the order of namespace and name. */
  list(resource: string, namespace?: string): readonly KubeObject[] {
    const all = this.tables.get(resource)?.sorted() ?? [];
    return namespace === undefined ? all : all.filter(({ metadata }) => metadata.namespace === namespace);
  }

  /**
   * Fills in uid, resourceVersion, creationTimestamp, generation 1, and the name after a `generateName`. A uid and a
   * creationTimestamp that are given stay.
   * @throws a Status 409 when it exists.
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
   * Puts `object` in the place of the one of its name. What the store keeps (uid, creationTimestamp, generation and
   * the marks of a deletion) is taken from that one. An equal object changes nothing, not even the resourceVersion.
   * An object that is being deleted, with a grace period of 0, goes with its last finalizer.
   * @throws a Status 404 when it is gone, 409 when it is not as expected.
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
   * What a DELETE does. An object with finalizers, or with a grace period, stays with a deletionTimestamp; any other is
   * removed at once. Asked again with a shorter period it shortens it, with 0 when its processes have ended.
   * @throws a Status 404 when it is gone, 409 when it is not as expected.
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
   * Takes an object away at once, finalizers or not.
   * @returns it as it was last. @throws a Status 404 when it is gone.
   */
  remove(resource: string, namespace: string | undefined, name: string): KubeObject {
    const before = this.expected(resourceNamed(resource), namespace, name, {});
    return this.put('DELETED', resource, before, before);
  }

  /** Tells of every change in order, while it is made. @returns how to stop. */
  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whether changes after `revision` are forgotten. */
  isExpired(revision: number): boolean {
    return revision < this.forgotten;
  }

  /** All changes after `revision`; `expired` when some of them are forgotten. */
  changesSince(revision: number): readonly Change[] | 'expired' {
    if (this.isExpired(revision)) return 'expired';
    return this.history.filter((change) => revisionOf(change) > revision);
  }

  /** Forgets all changes so far, as etcd does every five minutes. */
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
    const change: Change = { type, resource, object, ...(before && { before }) };
    this.tableOf(resource).apply(change);
    this.history.push(change);
    // Cutting a tenth at a time keeps a full history from being copied at every change.
    if (this.history.length > this.historyLength * 1.1) {
      this.forgotten = revisionOf(this.history.at(-this.historyLength - 1) ?? change);
      this.history = this.history.slice(-this.historyLength);
    }
    this.tell(change);
    return object;
  }

  /** A listener that changes something itself must not get ahead of the listeners behind it. */
  private tell(change: Change): void {
    this.untold.push(change);
    if (this.untold.length > 1) return;
    for (let next = this.untold[0]; next; this.untold.shift(), next = this.untold[0])
      for (const listener of [...this.listeners]) listener(next);
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
  /** The keys in their order; undefined once it is out of date. */
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

/** As etcd's keys, so that they sort in the same way. */
function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function revisionOf({ object }: Change): number {
  return Number(object.metadata.resourceVersion);
}

/** Metadata after an update: what a writer may set, and the rest from the store. */
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
    ...(generation !== undefined && { generation: isNewSpec ? generation + 1 : generation }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    ...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
  };
}

/** True if the object is being deleted and neither grace period nor finalizers keep it. */
function isFinished({ metadata }: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadata;
  return deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 && finalizers.length === 0;
}
