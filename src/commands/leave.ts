/** Cancel, once AWS may have the request: nothing can be taken back, so it is about whether Slipway goes on looking. */
import type { Ledger } from '../operations/ledger';
import type { Operation } from '../operations/operation';
import type { Tracker } from '../operations/tracker';

/**
 * Whether nobody knows if AWS took the request of an operation: it was sent, no answer was read, and no update was
 * found that would be its own.
 */
export function isInDoubt({ sentAt, acceptedAt, facts }: Operation): boolean {
  return sentAt !== undefined && acceptedAt === undefined && facts['updateId'] === undefined;
}

/**
 * The user no longer waits for an operation. It is no longer watched either, unless it is in doubt: then it is followed
 * on, since only a look can say what became of it. Resolves with whether it is.
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
