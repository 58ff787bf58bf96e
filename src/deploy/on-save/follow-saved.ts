/** Waits for the end of an operation that a save began. */
import { type Failure, failed } from '../../model/failure';
import { isOpen } from '../../operations/fold';
import type { Ledger } from '../../operations/ledger';
import type { Operation } from '../../operations/operation';
import type { Tracker } from '../../operations/tracker';
import type { SaveOutcome } from './save-state';

export interface FollowSavedDeps {
  readonly ledger: Pick<Ledger, 'operation' | 'onDidChange'>;
  readonly tracker: Pick<Tracker, 'watch'>;
  /** A sentence for the user: how an operation ended, and why, if that is known. */
  readonly outcomeWords: (operation: Operation) => string;
}

/** @throws cancelled, when the window closes */
export async function followSaved(
  id: string,
  { ledger, tracker, outcomeWords }: FollowSavedDeps,
  closing: AbortSignal,
): Promise<SaveOutcome> {
  const isOver = (): boolean => {
    const operation = ledger.operation(id);
    return operation === undefined || !isOpen(operation.state);
  };
  if (!isOver()) {
    await tracker.watch(id);
    await untilTrue(isOver, (listener) => ledger.onDidChange(listener), closing);
  }
  const operation = ledger.operation(id);
  if (operation === undefined) return { kind: 'failed', code: 'operation-missing' };
  const { state, outcome } = operation;
  if (state === 'succeeded') return { kind: 'live' };
  if (state === 'cancelled') return { kind: 'cancelled' };
  if (isBusy(outcome?.failure)) return { kind: 'busy' };
  const code = outcome?.failure ? codeOfFailure(outcome.failure) : state;
  return { kind: 'failed', code, why: outcomeWords(operation) };
}

/** True if the look at the target right before the update found that another change had begun since the plan. */
function isBusy(failure: Failure | undefined): boolean {
  // Only refusals of a target that is not ready name a phase.
  return failure?.kind === 'refused' && failure.facts['phase'] === 'busy';
}

export function codeOfFailure(failure: Failure): string {
  return failure.kind === 'refused' ? failure.code : failure.kind;
}

/** @throws cancelled, when the signal aborts */
async function untilTrue(
  isTrue: () => boolean,
  listen: (listener: () => void) => () => void,
  signal: AbortSignal,
): Promise<void> {
  const done = Promise.withResolvers<void>();
  const check = (): void => {
    if (isTrue()) done.resolve();
  };
  const stop = (): void => done.reject(failed({ kind: 'cancelled' }));
  const unlisten = listen(check);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  check();
  try {
    await done.promise;
  } finally {
    unlisten();
    signal.removeEventListener('abort', stop);
  }
}
