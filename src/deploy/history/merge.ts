/** Deployments known from several places as one list. */
import { timeOfId } from '../../operations/ids';
import type { Deployment } from './deployment';

/**
 * Newest first, each once; the ledger, which knows the end, before the bucket. @param neverSent operations that ended
 * before their request, although their record was written by then.
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

/** Ids of one machine go on rising where its clock was set back. */
function begunAt({ operationId, at }: Deployment): number {
  return timeOfId(operationId) ?? at;
}
