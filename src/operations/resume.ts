/**
 * Settles operations whose process has ended, because of a reload, a crash or a reboot. Sends none of the
 * operations' own requests. The window that holds the lease does this at the start and at intervals, since
 * other windows may end while it stays open.
 */
import { type Failure, failureOf } from '../model/failure';
import { BATCH, batchOutcome, batchRows, isBatchOver } from './batch-plan';
import { hasMoreToSend, isOpen } from './fold';
import type { Ledger } from './ledger';
import type { Operation } from './operation';

export interface ResumeOptions {
  readonly ledger: Ledger;
  /**
   * Cleans up after an operation that was interrupted before its request, e.g. removes a multipart upload. If the
   * clean-up fails, the operation stays open, and the next run tries again.
   */
  readonly abandoned?: (operation: Operation, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/** An operation that stays open because the clean-up after it failed. */
export interface Postponed {
  readonly id: string;
  readonly failure: Failure;
}

/**
 * Settles the open operations of processes that have ended. If the request was not sent, the operation ends
 * as cancelled (facts: reason `interrupted`). If the request was sent, the operation is followed, whether or
 * not AWS answered, and its further requests wait for a click. A batch ends if no row runs and none may
 * begin; otherwise its rows that have not begun wait for a click (`paused` is `interrupted`). Operations of
 * processes that still run are left alone, except that a batch that waits for a click ends if it is over.
 */
export async function resume(options: ResumeOptions): Promise<readonly Postponed[]> {
  const { ledger, signal } = options;
  await ledger.refresh();
  const postponed: Postponed[] = [];
  // Newest first: the rows of a batch are newer than the batch, so the rows are settled before the batch.
  for (const operation of ledger.operations()) {
    signal.throwIfAborted();
    if (!isOpen(operation.state) || (operation.state === 'watching' && !isLeftHalfSent(operation))) continue;
    const isWaiting = operation.paused !== undefined;
    if (!isWaiting && !(await ledger.isWriterGone(operation.writer))) continue;
    const failure = await settle(operation, options);
    if (failure !== undefined) postponed.push({ id: operation.id, failure });
  }
  return postponed;
}

/** Settles one operation. Returns a failure instead of throwing it, so that the other operations are settled, too. */
async function settle(operation: Operation, options: ResumeOptions): Promise<Failure | undefined> {
  const { ledger } = options;
  try {
    if (operation.kind === BATCH) await settleBatch(operation, ledger);
    else if (operation.sentAt !== undefined) await goOnWatching(operation, ledger);
    else await giveUp(operation, options);
    return undefined;
  } catch (thrown) {
    return failureOf(thrown);
  }
}

/** Returns true if the operation still has requests to send, and does not yet wait for the user's click. */
function isLeftHalfSent(operation: Operation): boolean {
  return hasMoreToSend(operation) && operation.paused === undefined;
}

async function goOnWatching(operation: Operation, ledger: Ledger): Promise<void> {
  if (operation.state !== 'watching') await ledger.record(operation.id, { type: 'watched' });
  if (isLeftHalfSent(operation)) await ledger.record(operation.id, { type: 'paused', reason: 'interrupted' });
}

async function settleBatch(batch: Operation, ledger: Ledger): Promise<void> {
  const rows = batchRows(batch, ledger.operations());
  if (isBatchOver(batch, rows)) {
    await ledger.record(batch.id, { type: 'ended', outcome: batchOutcome(rows) });
  } else if (batch.paused === undefined) {
    await ledger.record(batch.id, { type: 'paused', reason: 'interrupted' });
  }
}

async function giveUp(operation: Operation, { ledger, abandoned, signal }: ResumeOptions): Promise<void> {
  await abandoned?.(operation, signal);
  const outcome = { state: 'cancelled', facts: { reason: 'interrupted' } } as const;
  await ledger.record(operation.id, { type: 'ended', outcome });
}
