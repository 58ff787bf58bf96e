/** The progress of an operation, where it can be known. */

import { present } from '../../model/present';
import { progressIn } from '../../model/progress';
import type { Operation } from '../../operations/operation';
import { progressWords } from '../messages/operation';

export interface KnownProgress {
  /**
   * The text for places with room, such as a notification; absent if only an estimate of the remaining time is
   * known.
   */
  readonly words?: string;
  /** The progress in a few words, for a row and the status bar. */
  readonly short: string;
  /** The share of the work that is done, from 0 to 1; absent where nothing can be counted. */
  readonly share?: number;
}

/** Finds the progress of an operation; undefined if only the operation's state is known. */
export type ProgressOf = (operation: Operation) => KnownProgress | undefined;

/** The progress that a poll has counted. */
export const countedProgress: ProgressOf = (operation) => {
  const words = progressWords(operation);
  const counted = words === undefined ? undefined : progressIn(operation.facts);
  if (words === undefined || !counted) return undefined;
  const { updated, desired } = counted;
  return { words, short: words, ...present({ share: desired > 0 ? updated / desired : undefined }) };
};
