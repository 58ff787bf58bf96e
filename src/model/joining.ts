/** Whether the nodes that EKS adds join their cluster. */

/** Milliseconds that EKS waits for a new node to join. A node that never joins does not show in Kubernetes at all. */
const JOINS_WITHIN_MS = 15 * 60_000;

/** What was counted while a node group is updated. */
interface Counted {
  /** `adding`: EKS adds nodes, and has not begun to drain. */
  readonly phase: string;
  /** Epoch milliseconds. */
  readonly phaseSince: number;
  /** New nodes that are ready. */
  readonly ready: number;
}

/**
 * True if EKS has been adding nodes for so long that it gives up those that it began with, and none is ready.
 * @param now epoch milliseconds
 */
export function hasNoneJoined({ phase, phaseSince, ready }: Counted, now: number): boolean {
  return phase === 'adding' && ready === 0 && now - phaseSince >= JOINS_WITHIN_MS;
}
