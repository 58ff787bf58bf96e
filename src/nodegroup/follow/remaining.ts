/** How much of an update is left: by the estimate of its plan, corrected by the nodes that are seen to go. No promise. */
import type { NodeRecord } from '../../drain/node-record';
import type { Range } from '../rules/rollout-estimate';

export interface UnderWay {
  /** Minutes that the plan expected in all. */
  readonly planned: Range;
  /** Epoch milliseconds. */
  readonly begunAt: number;
  /** As far as the cluster could be read; those that were there before are old. */
  readonly nodes: readonly NodeRecord[];
}

/** Minutes. */
export type Remaining =
  /** What the plan has left; zero or less where the update has taken longer. */
  | ({ readonly by: 'plan' } & Range)
  /** By the pace at which old nodes have gone so far. */
  | ({ readonly by: 'pace' } & Range)
  /** The next node takes longer than those before: how much longer, nobody can say. */
  | { readonly by: 'slower' };

const MINUTE_MS = 60_000;
/** Once the last old node is gone EKS removes the extra ones. Minutes. */
const AFTER_THE_LAST: Range = { least: 1, most: 5 };
/** How far the next nodes may differ from those before, as a share: more, the fewer have gone. */
const SPREAD = { always: 0.2, ofOne: 0.4 };
/** A node that takes so many times the longest of those before, and a minute, is slower than they were. */
const SLOWER = 1.5;

/** @param now epoch milliseconds */
export function remainingMinutes({ planned, begunAt, nodes }: UnderWay, now: number): Remaining {
  const elapsed = Math.floor((now - begunAt) / MINUTE_MS);
  const byPlan: Remaining = { by: 'plan', least: planned.least - elapsed, most: planned.most - elapsed };
  const old = nodes.filter(({ isOld }) => isOld);
  const gone = old.flatMap(({ goneAt }) => (goneAt === undefined ? [] : [goneAt])).toSorted((a, b) => a - b);
  const last = gone.at(-1);
  if (last === undefined) return byPlan;
  const began = Math.min(...old.map(({ drainingSince }) => drainingSince ?? Number.POSITIVE_INFINITY), last);
  const perNode = (last - began) / gone.length / MINUTE_MS;
  // Nodes that went while nobody looked say nothing of the pace.
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
  // What the next node has taken already is not taken again.
  const nodesLeft = (pace: number): number => Math.max(0, left * pace - Math.min(since, pace));
  return {
    by: 'pace',
    least: nodesLeft(perNode * (1 - spread)) + AFTER_THE_LAST.least,
    most: nodesLeft(perNode * (1 + spread)) + AFTER_THE_LAST.most,
  };
}

/** Minutes of the longest wait until another old node was gone. */
function longestStep(began: number, gone: readonly number[]): number {
  const steps = gone.map((at, index) => at - (gone[index - 1] ?? began));
  return Math.max(...steps) / MINUTE_MS;
}
