/** Finds pods by their owner, node and namespace, for controllers. */
import type { Pod } from '../kinds';
import type { ObjectStore } from '../object-store';
import { controllerOf } from './owners';

/** This index is updated at each change of the store, so that no controller has to search all pods. */
export class PodIndex {
  private readonly owned = new Groups();
  private readonly placed = new Groups();
  private readonly spaces = new Groups();

  constructor(store: ObjectStore) {
    store.onChange(({ type, resource, object, before }) => {
      if (resource !== 'pods') return;
      const now = type === 'DELETED' ? undefined : (object as Pod);
      this.owned.move(before as Pod | undefined, now, (pod) => controllerOf(pod)?.uid ?? NOWHERE);
      this.placed.move(before as Pod | undefined, now, ({ spec }) => spec.nodeName ?? NOWHERE);
      this.spaces.move(before as Pod | undefined, now, ({ metadata }) => metadata.namespace ?? NOWHERE);
    });
  }

  /** The owner's pods in the order in which they were created. */
  ownedBy(uid: string): readonly Pod[] {
    return this.owned.of(uid);
  }

  onNode(name: string): readonly Pod[] {
    return this.placed.of(name);
  }

  inNamespace(name: string): readonly Pod[] {
    return this.spaces.of(name);
  }

  /** Pods without a node. */
  unscheduled(): readonly Pod[] {
    return this.placed.of(NOWHERE);
  }
}

/**
 * The key for pods without a node, controller or namespace. The key is free, since no node or namespace
 * has an empty name, and no controller an empty uid.
 */
const NOWHERE = '';

class Groups {
  private readonly byKey = new Map<string, Map<string, Pod>>();

  of(key: string): readonly Pod[] {
    return [...(this.byKey.get(key)?.values() ?? [])];
  }

  /**
   * Moves a pod to the group of its present state; `before` is undefined for a new pod, `now` for a deleted
   * one. A pod that stays in its group keeps its place in the order.
   */
  move(before: Pod | undefined, now: Pod | undefined, keyOf: (pod: Pod) => string): void {
    const from = before && keyOf(before);
    const to = now && keyOf(now);
    if (before && from !== undefined && from !== to) this.remove(from, before);
    if (now && to !== undefined) this.put(to, now);
  }

  private put(key: string, pod: Pod): void {
    const group = this.byKey.get(key) ?? new Map<string, Pod>();
    this.byKey.set(key, group);
    group.set(pod.metadata.uid, pod);
  }

  private remove(key: string, { metadata: { uid } }: Pod): void {
    const group = this.byKey.get(key);
    group?.delete(uid);
    if (group?.size === 0) this.byKey.delete(key);
  }
}
