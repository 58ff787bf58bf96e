/**
 * A rough estimate of an update's remaining minutes: from the pace at which old nodes are replaced or,
 * while no pace is known, from the plan's estimate.
 */
import type { NodeRecord } from '../../drain/node-record';
import { hasNoneJoined } from '../../model/joining';
import type { WrittenNumbers } from '../inside/inside-facts';
import { DRAIN_MINUTES, type Range } from '../rules/rollout-estimate';

export interface UnderWay {
  /** Minutes that the plan expects for the whole update. */
  readonly planned: Range;
  /** Epoch milliseconds. */
  readonly begunAt: number;
  /** Nodes of the group, as far as the cluster could be read. Nodes from before the update are old. */
  readonly nodes: readonly NodeRecord[];
  /** What was counted when the cluster was last seen; absent before that. */
  readonly numbers?: WrittenNumbers;
}

/** The remaining minutes; `by` tells how they were estimated, or that no estimate is possible. */
export type Remaining =
  /** The plan's estimate minus the time that has passed; zero or less if the update takes longer than planned. */
  | ({ readonly by: 'plan' } & Range)
  /**
   * An estimate from the pace at which old nodes were replaced so far; once all old nodes are gone, from the
   * time that EKS needs to remove the extra nodes.
   */
  | ({ readonly by: 'pace' } & Range)
  /**
   * The next node, or the removal of the extra nodes, takes longer than expected, so that no estimate is
   * possible.
   */
  | { readonly by: 'slower' }
  /**
   * Pods hold up the drain, so that what the plan expected, or the pace so far, says nothing about the time left.
   * `minutes`: that EKS waits at a node for its pods to leave.
   */
  | { readonly by: 'held'; readonly minutes: number }
  /** None of the new nodes has joined the cluster within the time that EKS gives them. */
  | { readonly by: 'none-joined' };

const MINUTE_MS = 60_000;
/** Minutes that EKS needs to remove the extra nodes after the last old node is gone. */
const AFTER_THE_LAST: Range = { least: 1, most: 5 };
/**
 * Fraction by which the next nodes may take more or less time: `always`, plus `ofOne` divided by the
 * number of old nodes that are gone.
 */
const SPREAD = { always: 0.2, ofOne: 0.4 };
/**
 * The next node counts as slower if it takes longer than this factor times the longest time from one
 * removal to the next so far, plus a minute.
 */
const SLOWER = 1.5;

/** @param now epoch milliseconds */
export function remainingMinutes({ planned, begunAt, nodes, numbers }: UnderWay, now: number): Remaining {
  if (numbers && numbers.heldNow > 0) return { by: 'held', minutes: DRAIN_MINUTES };
  if (numbers && hasNoneJoined(numbers, now)) return { by: 'none-joined' };
  const elapsed = Math.floor((now - begunAt) / MINUTE_MS);
  const byPlan: Remaining = { by: 'plan', least: planned.least - elapsed, most: planned.most - elapsed };
  const old = nodes.filter(({ isOld }) => isOld);
  const gone = old.flatMap(({ goneAt }) => (goneAt === undefined ? [] : [goneAt])).toSorted((a, b) => a - b);
  const last = gone.at(-1);
  if (last === undefined) return byPlan;
  const began = Math.min(...old.map(({ drainingSince }) => drainingSince ?? Number.POSITIVE_INFINITY), last);
  const perNode = (last - began) / gone.length / MINUTE_MS;
  // If all old nodes that are gone disappeared between the same two polls, and no node was seen draining
  // before, the pace is not known.
  if (perNode === 0) return byPlan;
  const since = Math.max(0, now - last) / MINUTE_MS;
  const left = old.length - gone.length;
  if (left === 0) {
    const { least, most } = AFTER_THE_LAST;
    return since < most
      ? { by: 'pace', least: Math.max(0, least - since), most: most - since }
      : { by: 'slower' };
  }
  if (since > longestStep(began, gone) * SLOWER + 1) return { by: 'slower' };
  const spread = SPREAD.always + SPREAD.ofOne / gone.length;
  // A part of the next node's time has already passed.
  const nodesLeft = (pace: number): number => Math.max(0, left * pace - Math.min(since, pace));
  return {
    by: 'pace',
    least: nodesLeft(perNode * (1 - spread)) + AFTER_THE_LAST.least,
    most: nodesLeft(perNode * (1 + spread)) + AFTER_THE_LAST.most,
  };
}

/**
 * The longest time, in minutes, from the removal of one old node to the removal of the next; the first is
 * counted from `began`.
 */
function longestStep(began: number, gone: readonly number[]): number {
  const steps = gone.map((at, index) => at - (gone[index - 1] ?? began));
  return Math.max(...steps) / MINUTE_MS;
}
