/**
 * The facts that tell how far a change has come: how many things (nodes, pods) have been changed so far, and
 * whether the new code runs everywhere after a successful deployment.
 */
import type { Facts, Json } from './json';

export interface Progress {
  /** How many of `desired` have been changed. */
  readonly updated: number;
  /** How many of the changed ones are ready; absent if this is not known. */
  readonly ready?: number;
  readonly desired: number;
}

/** The progress as facts of a poll. */
export function progressFacts(progress: Progress): Facts {
  return { progress: { ...progress } };
}

/** The progress in a poll's facts; undefined if the facts contain none. */
export function progressIn({ progress }: Facts): Progress | undefined {
  if (!(progress instanceof Object) || Array.isArray(progress)) return undefined;
  const { updated, ready, desired } = progress as Readonly<Record<string, Json | undefined>>;
  if (typeof updated !== 'number' || typeof desired !== 'number') return undefined;
  return { updated, ...(typeof ready === 'number' && { ready }), desired };
}

/**
 * Facts of a successful deployment that only changed settings, because nothing is running that could take the
 * new code.
 */
export const SET_ALONE: Facts = { running: false };

export function isSetAlone({ running }: Facts): boolean {
  return running === false;
}

/**
 * Facts of a successful deployment after which some pods still run the earlier code: until somebody replaces them
 * (`replaced`), until the owner resumes the rollout (`resumed`), or while a partition holds them back (`partition`).
 */
export function takenLater(until: TakenLater): Facts {
  return { takenLater: until };
}

export type TakenLater = 'replaced' | 'resumed' | 'partition';

/**
 * What must happen before all pods run the new code after a successful deployment, from its facts; undefined
 * if the facts name nothing.
 */
export function takenLaterIn({ takenLater: until }: Facts): TakenLater | undefined {
  return until === 'replaced' || until === 'resumed' || until === 'partition' ? until : undefined;
}

/** True if the facts of a successful deployment say that the new code does not run everywhere yet. */
export function isLiveLater(facts: Facts): boolean {
  return isSetAlone(facts) || takenLaterIn(facts) !== undefined;
}
