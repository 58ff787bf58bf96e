/** "Cancel" once AWS may have the request: the request cannot be taken back, so only watching can stop. */
import type { Ledger } from '../operations/ledger';
import type { Operation } from '../operations/operation';
import type { Tracker } from '../operations/tracker';

/**
 * True if it is not known whether AWS accepted an operation's request: it was sent, no answer was read, and no matching
 * update was found.
 */
export function isInDoubt({ sentAt, acceptedAt, facts }: Operation): boolean {
  return sentAt !== undefined && acceptedAt === undefined && facts['updateId'] === undefined;
}

/**
 * Stops watching an operation for which the user no longer waits. If it is in doubt whether AWS accepted the
 * request, Slipway continues to follow the operation, and this resolves with true.
 */
export async function leave(
  id: string,
  { ledger, tracker }: { readonly ledger: Ledger; readonly tracker: Pick<Tracker, 'stopWatching'> },
): Promise<boolean> {
  await ledger.refresh();
  const operation = ledger.operation(id);
  if (operation?.state === 'watching' && isInDoubt(operation)) return true;
  await tracker.stopWatching(id);
  return false;
}
