/** Carries out an operation and ensures that the state recorded for it is true, whatever error its work throws. */

import { type Failure, failureOf } from '../model/failure';
import { DRIFT } from '../plan/drift';
import { hasMoreToSend, isOpen } from './fold';
import type { Ledger } from './ledger';
import type { Journal, Operation } from './operation';
import { refuse } from './refusal';

/**
 * Runs `work`, which writes to the journal until AWS answers. Returns the failure that `work` throws. If
 * `work` recorded no end, the failure decides the end: `cancelled` (facts: reason `user`) for a
 * cancellation before the request; `drifted` if a drift guard stopped the work (Slipway's own before any
 * request, or the service's); `failed` for any other failure before the request, or if AWS refused the
 * request. If AWS did not answer, or its answer decides nothing (5xx), the follower finds out the end, and
 * further requests wait for a click.
 * @param work its signal aborts when the operation has ended for whatever reason: nothing remains to be
 * sent then
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
    // The operation had already ended before the work was cancelled.
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

/** Returns true if AWS certainly did not carry out the request: AWS said so, or the request was never sent. */
function isRefusal(failure: Failure): boolean {
  switch (failure.kind) {
    case 'aws':
    case 'kubernetes':
      return failure.answered && failure.reason !== 'server';
    case 'credentials':
      return true;
    // Every refusal except `left-open` means that nothing was sent, or that the service refused the request.
    case 'refused':
      return failure.code !== 'left-open';
    default:
      return false;
  }
}
