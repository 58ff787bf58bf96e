/** Joins the deployments of the ledger and of buckets. */
import { timeOfId } from '../../operations/ids';
import type { Deployment } from './deployment';

/**
 * Newest first, each once: the ledger's, which has the end, replaces the bucket's. @param neverSent operations that ended
 * after their record was written and before their request.
 */
export function mergeDeployments(
  ledger: readonly Deployment[],
  bucket: readonly Deployment[],
  neverSent: readonly string[] = [],
): readonly Deployment[] {
  const known = new Set([...ledger.map(({ operationId }) => operationId), ...neverSent]);
  const others = bucket.filter(({ operationId }) => !known.has(operationId));
  return [...ledger, ...others].sort((a, b) => begunAt(b) - begunAt(a));
}

/** By the time in the id: ids of one machine go on rising where its clock was set back. */
function begunAt({ operationId, at }: Deployment): number {
  return timeOfId(operationId) ?? at;
}
