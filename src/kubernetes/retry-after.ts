/** How long an API server wants to be left alone. */
import type { Status } from './status';

/** An API server asks for seconds; more than this is a mistake of somebody on the way. */
const LONGEST_MS = 60_000;
/** Whoever was sent away together is not to come back together. */
const JITTER = 0.25;

/**
 * Milliseconds, with jitter; 0 where nothing is said. The header counts before the body.
 * @see https://kubernetes.io/docs/concepts/cluster-administration/flow-control/
 */
export function retryAfterMs(header: string | undefined, said: Status | undefined): number {
  const seconds = Number(header ?? said?.retryAfterSeconds ?? 0);
  if (!Number.isFinite(seconds) || seconds <= 0) return 0;
  return Math.min(LONGEST_MS, seconds * 1000) * (1 + Math.random() * JITTER);
}
