/**
 * Runs a cluster's controllers. After each change, every controller names the objects that it must
 * reconcile.
 */
import type { ClusterTime } from '../cluster-time';
import type { Change, ObjectStore } from '../object-store';

/**
 * Brings objects of one kind closer to the state that their specs request. Each call of `reconcile` handles
 * the object that `key` names.
 */
export interface Controller {
  readonly name: string;
  /** Keys of the objects that `reconcile` must handle after the change, usually made by {@link keyOf}. */
  concerns(change: Change): Iterable<string>;
  /** Must settle: if nothing has changed since the last call, another call changes nothing. */
  reconcile(key: string): void;
}

/**
 * The most calls of `reconcile` in one run. Even the largest seed needs fewer; more calls mean that the
 * controllers never come to rest.
 */
const MOST_TURNS = 1_000_000;

/**
 * Controllers do not run inside the request that changes something, but right after it, as an event in the cluster's
 * time. Their own changes cause more work, until nothing is left to do.
 */
export class ControlLoop {
  /** Work that waits, oldest first; no item waits twice. */
  private readonly waiting = new Map<string, () => void>();
  private isDue = false;

  constructor(
    store: ObjectStore,
    private readonly time: ClusterTime,
    private readonly controllers: readonly Controller[],
  ) {
    store.onChange((change) => {
      for (const controller of this.controllers)
        for (const key of controller.concerns(change)) this.enqueue(controller, key);
    });
  }

  /** Makes `controller` reconcile an object once more, e.g. because time has passed. */
  enqueue(controller: Controller, key: string): void {
    this.waiting.set(`${controller.name} ${key}`, () => controller.reconcile(key));
    this.runSoon();
  }

  private runSoon(): void {
    if (this.isDue) return;
    this.isDue = true;
    this.time.after(0, () => this.run());
  }

  private run(): void {
    let turns = 0;
    try {
      for (const [id, reconcile] of this.waiting) {
        this.waiting.delete(id);
        reconcile();
        turns += 1;
        if (turns > MOST_TURNS) throw new Error(`The sandbox's controllers come to no rest: ${id}`);
      }
    } finally {
      this.isDue = false;
      // After an error, the rest of the work is still waiting.
      if (this.waiting.size > 0) this.runSoon();
    }
  }
}

/** The key of an object among the objects of its kind. */
export function keyOf(object: {
  readonly metadata: { readonly namespace?: string; readonly name: string };
}): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/** Namespace (empty where there is none) and name in a key. */
export function partsOf(key: string): readonly [namespace: string, name: string] {
  const cut = key.indexOf('/');
  return [key.slice(0, cut), key.slice(cut + 1)];
}
