/** Decides which pods have been ready for long enough. */

import type { ClusterTime } from '../cluster-time';
import { isReady, type Pod } from '../kinds';

/** The time since which each pod is ready, by uid, in the cluster's own time: minReadySeconds are simulated seconds. */
export class Availability {
  private readonly ripe = new Set<string>();
  private readonly watched = new Set<string>();

  constructor(private readonly time: ClusterTime) {}

  /** @param again is called once the pod, if it is not available yet, may have become so */
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
