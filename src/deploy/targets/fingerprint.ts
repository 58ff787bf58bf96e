/** What a user confirms once on each machine before Slipway acts on a target that a file names. */
import type { Target } from './target';

/**
 * Changes when the target leads somewhere else: another account, region, environment, cluster or bucket. Readable, so
 * that a list of what was confirmed can be understood.
 */
export function fingerprintOf({ kind, connection, environment, cluster, bucket }: Target): string {
  const place = connection.kind === 'sandbox' ? ['sandbox'] : [connection.accountId, connection.region];
  return [kind, ...place, environment, cluster, bucket].join('|');
}
