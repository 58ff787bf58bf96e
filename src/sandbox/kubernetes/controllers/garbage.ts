/** The garbage collector: deletes objects whose owner no longer exists. */
import type { Pod } from '../kinds';
import type { Change, ObjectStore } from '../object-store';
import { graceOf } from '../pod-grace';
import { type Controller, partsOf } from './control-loop';

/** Resources whose objects are made by controllers, and so have an owner. */
const OWNED = ['replicasets', 'pods', 'controllerrevisions'];

export class GarbageCollector implements Controller {
  readonly name = 'garbage';

  constructor(private readonly store: ObjectStore) {}

  /** A key holds the namespace and uid of a deleted object, which may have been the owner of others. */
  concerns({ type, resource, object: { metadata } }: Change): Iterable<string> {
    return type === 'DELETED' && resource !== 'events' && resource !== 'pods'
      ? [`${metadata.namespace ?? ''}/${metadata.uid}`]
      : [];
  }

  reconcile(key: string): void {
    const [namespace, uid] = partsOf(key);
    for (const resource of OWNED)
      for (const owned of this.store.list(resource, namespace)) {
        const { metadata } = owned;
        if (!metadata.ownerReferences?.some((owner) => owner.uid === uid)) continue;
        const grace = resource === 'pods' ? graceOf(owned as Pod, undefined) : 0;
        this.store.markDeleted(resource, namespace, metadata.name, grace);
      }
  }
}
