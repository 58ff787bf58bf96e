/** Decides which pods have been ready for long enough. */

import type { ClusterTime } from '../cluster-time';
import { isReady, type Pod } from '../kinds';

/**
 * The pods that have been ready for minReadySeconds, by uid. These are simulated seconds, counted in the
 * cluster's own time.
 */
export class Availability {
  private readonly ripe = new Set<string>();
  private readonly watched = new Set<string>();

  constructor(private readonly time: ClusterTime) {}

  /** @param again called later, when a pod that is ready but not yet available may have become available */
  isAvailable(pod: Pod, minReadySeconds: number, again: () => void): boolean {
    const { uid } = pod.metadata;
    if (!isReady(pod)) {
      this.ripe.delete(uid);
      return false;
    }
    if (minReadySeconds === 0 || this.ripe.has(uid)) return true;
    if (!this.watched.has(uid)) {
      this.watched.add(uid);
      this.time.after(minReadySeconds * 1000, () => {
        this.watched.delete(uid);
        this.ripe.add(uid);
        again();
      });
    }
    return false;
  }
}
