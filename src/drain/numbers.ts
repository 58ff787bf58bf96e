/** The numbers that the user sees about a running update. */

import type { Blocker } from './blocker';
import { drainBlockers } from './blockers';
import { grouped } from './grouped';
import { isInTurn } from './in-turn';
import { mustMove } from './moving';
import { isAmong } from './node-record';
import type { WatchedNodes } from './ports';
import type { DrainPhase, UpdateProgress } from './progress';

export interface DrainNumbers {
  readonly basis: UpdateProgress['basis'];
  readonly phase: DrainPhase;
  /** Epoch milliseconds. */
  readonly phaseSince: number;
  /** `old`: the number of all old nodes. `gone`: the number of those that are gone. */
  readonly old: number;
  readonly gone: number;
  /** The number of nodes that are ready and not old. */
  readonly ready: number;
  /** The number of old nodes that are gone and in whose place a new node has become ready. */
  readonly replaced: number;
  /** The old nodes that still exist and whose draining has begun, in the order in which it began. */
  readonly draining: readonly DrainingNode[];
  /**
   * The blockers that hold up the drain of old nodes. They are inferred from budgets and pods, since a refused
   * eviction leaves no trace in the objects of the cluster. Leaves out pods that, as in every drain, only
   * wait until another pod of their budget has started on another node.
   */
  readonly held: readonly Blocker[];
  /** When the cluster was in this state; epoch milliseconds. */
  readonly asOf: number;
}

export interface DrainingNode {
  readonly name: string;
  /** Epoch milliseconds. */
  readonly since: number;
  /** The number of pods that still have to leave the node, including those that are already leaving. */
  readonly podsLeft: number;
}

/** @param progress the result of `advanced` for the same `watched` */
export function numbersOf(progress: UpdateProgress, watched: WatchedNodes, now: number): DrainNumbers {
  const { basis, phase, phaseSince, nodes, mostReady } = progress;
  const old = nodes.filter(({ isOld }) => isOld);
  const left = old.filter(({ goneAt }) => goneAt === undefined);
  const leftNames = new Set(left.map(({ name }) => name));
  const gone = old.length - left.length;
  const pods = [...watched.pods.values()];
  const podsLeft = grouped(pods.filter(mustMove), ({ nodeName }) => nodeName);
  const blockers = drainBlockers(
    {
      nodes: [...watched.nodes.values()].filter(({ name }) => leftNames.has(name)),
      pods,
      budgets: [...watched.budgets.values()],
      covered: pods,
      codeGone: new Set(),
    },
    { now },
  );
  const isOldNode = isAmong(old);
  const readyNow = [...watched.nodes.values()].filter((node) => node.ready === true && !isOldNode(node));
  return {
    basis,
    phase,
    phaseSince,
    old: old.length,
    gone,
    ready: readyNow.length,
    replaced: Math.min(gone, mostReady),
    draining: left
      .flatMap(({ name, drainingSince: since }) =>
        since === undefined ? [] : [{ name, since, podsLeft: podsLeft.get(name)?.length ?? 0 }],
      )
      .toSorted((a, b) => a.since - b.since),
    held: blockers.filter((blocker) => isHolding(blocker, watched) && !isInTurn(blocker, progress, watched)),
    asOf: watched.asOf,
  };
}

/**
 * True if the blocker holds up the drain: its gravity is `holds`, or its pod has a long grace period and is
 * already being deleted.
 */
function isHolding({ gravity, code, pod }: Blocker, { pods }: WatchedNodes): boolean {
  return gravity === 'holds' || (code === 'long-grace' && pods.get(pod.uid)?.deletedAt !== undefined);
}
