/**
 * Distinguishes a budget that the drain itself has used up for a while from a budget that holds up the drain.
 */
import type { Pod } from '../model/kubernetes';
import { isOrdinaryWait } from '../model/pod-trouble';
import type { Blocker } from './blocker';
import type { WatchedNodes } from './ports';
import type { UpdateProgress } from './progress';

/** Milliseconds that a pod may take to become ready before it counts as holding up the others. */
const START_MS = 5 * 60_000;

/**
 * True if the blocker's budget waits only for pods that the drain itself moves: each pod in `waitsFor` is
 * either gone, or it is leaving or starting now and was not yet unready when the cluster was first read.
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
