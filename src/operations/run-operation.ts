/** Sees to it that an operation that is carried out ends up in a state that is true, whatever is thrown on the way. */

import { type Failure, failureOf } from '../model/failure';
import { DRIFT } from '../plan/drift';
import { hasMoreToSend, isOpen } from './fold';
import type { Ledger } from './ledger';
import type { Journal, Operation } from './operation';
import { refuse } from './refusal';

/**
 * Runs `work`, which writes to the journal up to AWS's answer. What it throws is returned, and decides the end unless
 * it wrote one: `cancelled` (facts: reason `user`) where it says so, since a request that was under way does not say so any
 * more; `drifted` where the drift guard stopped it, ours before any request or the service's own; before the request, or after one that AWS refused,
 * `failed`; after a request without an answer, or with one that leaves it open (5xx), the follower finds out. Where more was to
 * be sent, that waits for a click then.
 * @param work is told when the operation is over, whoever has found that out: nothing is left to be sent then.
 */
export async function runOperation(
  ledger: Ledger,
  journal: Journal,
  work: (over: AbortSignal) => Promise<void>,
): Promise<Failure | undefined> {
  const over = new AbortController();
  const unlisten = ledger.onDidChange(() => {
    const operation = ledger.operation(journal.id);
    if (operation !== undefined && !isOpen(operation.state)) over.abort();
  });
  try {
    await work(over.signal);
  } catch (thrown) {
    const failure = failureOf(thrown);
    // Nothing was cut short: its end came first.
    if (over.signal.aborted && failure.kind === 'cancelled') return undefined;
    await conclude(journal, ledger.operation(journal.id), failure);
    return failure;
  } finally {
    unlisten();
  }
  const operation = ledger.operation(journal.id);
  if (operation?.state !== 'planned' && operation?.state !== 'running') return undefined;
  const failure = failureOf(refuse('left-open'));
  await conclude(journal, operation, failure);
  return failure;
}

async function conclude(journal: Journal, operation: Operation | undefined, failure: Failure): Promise<void> {
  if (operation === undefined || !isOpen(operation.state)) return;
  const leave = async (): Promise<void> => {
    if (hasMoreToSend(operation)) await journal.paused(failure.kind === 'cancelled' ? 'user' : 'interrupted');
  };
  if (operation.state === 'watching') {
    await leave();
  } else if (failure.kind === 'cancelled') {
    await journal.ended({ state: 'cancelled', facts: { reason: 'user' } });
  } else if (operation.sentAt !== undefined && !isRefusal(failure)) {
    await journal.watched();
    await leave();
  } else {
    const hasDrifted = failure.kind === 'refused' && failure.code === DRIFT;
    await journal.ended({ state: hasDrifted ? 'drifted' : 'failed', failure });
  }
}

/** Whether AWS certainly did not carry out the request: it said so, or the request never left. */
function isRefusal(failure: Failure): boolean {
  switch (failure.kind) {
    case 'aws':
    case 'kubernetes':
      return failure.answered && failure.reason !== 'server';
    case 'credentials':
      return true;
    // A room refuses before it sends, or because the service has; this one says that neither is known.
    case 'refused':
      return failure.code !== 'left-open';
    default:
      return false;
  }
}
