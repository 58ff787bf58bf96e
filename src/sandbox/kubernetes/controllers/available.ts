/** Decides which pods have been ready for long enough. */

import type { ClusterTime } from '../cluster-time';
import { isReady, type Pod } from '../kinds';

/** The time for which a pod has been ready without a break. */
interface ReadySpell {
  isLongEnough: boolean;
}

/**
 * Knows which pods have been ready for minReadySeconds. These are simulated seconds, counted in the
 * cluster's own time.
 */
export class Availability {
  /** By the pod's uid. */
  private readonly spells = new Map<string, ReadySpell>();

  constructor(private readonly time: ClusterTime) {}

  /** @param again called later, when a pod that is ready but not yet available may have become available */
  isAvailable(pod: Pod, minReadySeconds: number, again: () => void): boolean {
    const { uid } = pod.metadata;
    if (!isReady(pod)) {
      this.spells.delete(uid);
      return false;
    }
    if (minReadySeconds === 0) return true;
    const known = this.spells.get(uid);
    if (known) return known.isLongEnough;
    // If the pod loses its readiness before the time has passed, a new spell begins and this one is not read again.
    const spell: ReadySpell = { isLongEnough: false };
    this.spells.set(uid, spell);
    this.time.after(minReadySeconds * 1000, () => {
      spell.isLongEnough = true;
      again();
    });
    return false;
  }
}
