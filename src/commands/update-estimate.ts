/** Estimates how much longer an update will take, from the facts in the ledger. */

import { present } from '../model/present';
import { remainingMinutes } from '../nodegroup/follow/remaining';
import { insideOf } from '../nodegroup/inside/inside';
import { isForced, plannedMinutes } from '../nodegroup/plan/record';
import type { Operation } from '../operations/operation';
import { estimateWords, shortEstimateWords } from '../view/messages/nodegroup';
import { isOpen, startOf } from '../view/messages/operation';
import type { KnownProgress } from '../view/operations/known-progress';

/**
 * The estimate in words; undefined if the operation has ended, or its plan contains no estimate. `now`: epoch
 * milliseconds.
 */
export function estimateOf(operation: Operation, now: number): string | undefined {
  return estimate(operation, now, estimateWords);
}

/** Adds the estimate to the words of rows and the status bar. */
export function withEstimate(
  progress: KnownProgress | undefined,
  operation: Operation,
  now: number,
): KnownProgress | undefined {
  const left = estimate(operation, now, shortEstimateWords);
  if (left === undefined) return progress;
  return { ...progress, short: [progress?.short, left].filter((words) => words !== undefined).join(' · ') };
}

function estimate(
  operation: Operation,
  now: number,
  words: (...known: Parameters<typeof estimateWords>) => string | undefined,
): string | undefined {
  const { plan } = operation;
  const planned = isOpen(operation) ? plannedMinutes(plan) : undefined;
  if (!planned) return undefined;
  const { nodes = [], numbers } = insideOf(operation) ?? {};
  const underWay = { planned, begunAt: startOf(operation), nodes, ...present({ numbers }) };
  return words(remainingMinutes(underWay, now), { minutes: planned, force: isForced(plan) });
}
