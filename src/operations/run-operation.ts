/** Carries out an operation and ensures that the state recorded for it is true, whatever error its work throws. */

import { type Failure, failureOf } from '../model/failure';
import { DRIFT } from '../plan/drift';
import { hasMoreToSend, isOpen } from './fold';
import type { Ledger } from './ledger';
import type { Journal, Operation } from './operation';
import { refuse } from './refusal';

/**
 * Runs `work`, which sends the operation's requests and records them in the journal. If `work` throws, or returns
 * while the operation is still `planned` or `running`, this function records what has become of the operation:
 * - cancelled before the first request was sent: ends as `cancelled` (facts: reason `user`)
 * - refused because somebody else had changed the target, whether Slipway saw this before the first request, or only
 *   after the service had refused that request: ends as `drifted`
 * - any other failure before the first request was sent, or a first request that the service refused: ends as `failed`
 * - the first request was sent, but was not answered, or the answer decides nothing (5xx): does not end; the follower
 *   finds out whether the service carried it out
 * - a failure after the service had accepted the first request: does not end
 *
 * If the operation does not end and has further requests to send, they are not sent until the user clicks.
 * @param work its signal aborts as soon as the operation has ended, for whatever reason: nothing may be sent after that
 * @returns the failure that `work` threw, or the refusal `left-open` if `work` returned while the operation was still
 * `planned` or `running`; undefined otherwise, also if the operation had already ended and `work` threw only because
 * its signal aborted
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
