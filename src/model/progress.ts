/** The progress of a change in counted things (nodes, pods), from the facts of its polls. */
import type { Facts, Json } from './json';

export interface Progress {
  /** How many of `desired` are changed. */
  readonly updated: number;
  /** How many of the changed ones are ready; absent where that is not known. */
  readonly ready?: number;
  readonly desired: number;
}

/** Facts of a poll. */
export function progressFacts(progress: Progress): Facts {
  return { progress: { ...progress } };
}

/** Undefined where nothing was counted. */
export function progressIn({ progress }: Facts): Progress | undefined {
  if (!(progress instanceof Object) || Array.isArray(progress)) return undefined;
  const { updated, ready, desired } = progress as Readonly<Record<string, Json | undefined>>;
  if (typeof updated !== 'number' || typeof desired !== 'number') return undefined;
  return { updated, ...(typeof ready === 'number' && { ready }), desired };
}

/** Facts of a success of which nothing is live: what was asked for is set, and nothing runs that could take it. */
export const SET_ALONE: Facts = { running: false };

export function isSetAlone({ running }: Facts): boolean {
  return running === false;
}

/**
 * Facts of a success after which something still runs what it ran before: until each of it is replaced by somebody
 * (`replaced`), until its owner lets it go on (`resumed`), or for as long as a part of it is kept apart (`partition`).
 */
export function takenLater(until: TakenLater): Facts {
  return { takenLater: until };
}

export type TakenLater = 'replaced' | 'resumed' | 'partition';

/** Undefined where everything runs what was asked for, or nothing runs. */
export function takenLaterIn({ takenLater: until }: Facts): TakenLater | undefined {
  return until === 'replaced' || until === 'resumed' || until === 'partition' ? until : undefined;
}

/** Of a success after which not everything runs what was asked for. */
export function isLiveLater(facts: Facts): boolean {
  return isSetAlone(facts) || takenLaterIn(facts) !== undefined;
}
