/** Tells a budget that is spent by the drain itself, and refills, from one that holds the drain. */
import type { Pod } from '../model/kubernetes';
import { isOrdinaryWait } from '../model/pod-trouble';
import type { Blocker } from './blocker';
import type { WatchedNodes } from './ports';
import type { UpdateProgress } from './progress';

/** Milliseconds that a pod may take to become ready before it is called what holds the others. */
const START_MS = 5 * 60_000;

/**
 * Whether the pod only waits for pods that the drain moves: they are about to be made, or start, and were not among
 * those that were not ready at first.
 */
export function isInTurn(blocker: Blocker, progress: UpdateProgress, watched: WatchedNodes): boolean {
  if (blocker.code !== 'budget-not-now') return false;
  const { waitsFor } = blocker.facts;
  return waitsFor.every(({ uid }) => {
    const pod = watched.pods.get(uid);
    return pod === undefined || (!progress.unreadyAtFirst?.includes(uid) && isStarting(pod, watched.asOf));
  });
}

function isStarting({ deletedAt, waiting, createdAt }: Pod, now: number): boolean {
  if (deletedAt !== undefined) return true;
  return waiting.every(({ reason }) => isOrdinaryWait(reason)) && now - createdAt < START_MS;
}
