/**
 * What becomes of operations whose process has ended: a reload, a crash, a reboot. Nothing is sent here, ever. For the
 * holder of the lease, at first and now and then, since windows end while others go on.
 */
import { type Failure, failureOf } from '../model/failure';
import { BATCH, batchOutcome, batchRows, isBatchOver } from './batch-plan';
import { hasMoreToSend, isOpen } from './fold';
import type { Ledger } from './ledger';
import type { Operation } from './operation';

export interface ResumeOptions {
  readonly ledger: Ledger;
  /**
   * Clears away what an operation left that was interrupted before its request, e.g. a multipart upload. When it
   * throws, the operation stays open, and the next resume tries again.
   */
  readonly abandoned?: (operation: Operation, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/** An operation that stays open because clearing away after it failed. */
export interface Postponed {
  readonly id: string;
  readonly failure: Failure;
}

/**
 * Settles what ended processes have left open. What was not sent ends as cancelled (facts: reason `interrupted`). What
 * was sent is followed, with or without an answer; where more is to be sent, that waits for a click. Rows of a batch that were not begun wait for a click (`paused` is
 * `interrupted`); a batch that has none, and none that runs, ends. What processes that still run carry out is left
 * alone.
 */
export async function resume(options: ResumeOptions): Promise<readonly Postponed[]> {
  const { ledger, signal } = options;
  await ledger.refresh();
  const postponed: Postponed[] = [];
  // Oldest last: the rows of a batch are settled before the batch itself.
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

/** One that cannot be settled keeps no other one from it. */
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

/** Whether it counts on a process for what is left to be sent. */
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
