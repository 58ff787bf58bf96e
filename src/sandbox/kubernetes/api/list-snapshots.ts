/** Keeps the objects from which the pages of a list are taken. */
import type { KubeObject } from '../kube-object';
import type { ObjectStore } from '../object-store';
import type { Resource } from '../resources';

/**
 * Keeps the objects of a list as they were when its first page was sent, so that all pages show the
 * same state.
 */
export class ListSnapshots {
  private readonly snapshots = new Map<string, readonly KubeObject[]>();

  constructor(private readonly store: ObjectStore) {}

  keep(resource: Resource, revision: number, objects: readonly KubeObject[]): void {
    this.snapshots.set(`${revision} ${resource.plural}`, objects);
    const [oldest] = this.snapshots.keys();
    if (this.snapshots.size > MAX_SNAPSHOTS && oldest !== undefined) this.snapshots.delete(oldest);
  }

  /** Undefined if the revision has expired, or if no snapshot of it is kept. */
  find(resource: Resource, revision: number): readonly KubeObject[] | undefined {
    if (this.store.isExpired(revision)) return undefined;
    return this.snapshots.get(`${revision} ${resource.plural}`);
  }
}

const MAX_SNAPSHOTS = 50;
