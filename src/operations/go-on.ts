/** Continues, or ends, an operation that has sent some of its requests and waits for the user's click. */
import type { Failure } from '../model/failure';
import type { Facts } from '../model/json';
import type { Ledger } from './ledger';
import { GONE_ON, type Journal, type Operation } from './operation';
import { refuse } from './refusal';
import { runOperation } from './run-operation';

/**
 * Returns true if some requests were sent and the rest wait for a click; false for a batch, which sends
 * nothing itself and is continued by its own code.
 */
function waitsHalfSent({ state, paused }: Pick<Operation, 'state' | 'paused'>): boolean {
  return state === 'watching' && paused !== undefined;
}

/**
 * Runs `work`, which sends the remaining requests, and records its failure as `runOperation` does.
 * @throws refusal `not-waiting` if another window was quicker or the operation has ended
 */
export async function goOn(
  ledger: Ledger,
  id: string,
  work: (journal: Journal, operation: Operation, over: AbortSignal) => Promise<void>,
): Promise<Failure | undefined> {
  const operation = await waiting(ledger, id);
  const journal = ledger.journal(id);
  await journal.step(GONE_ON);
  return runOperation(ledger, journal, (over) => work(journal, operation, over));
}

/**
 * Ends the operation without sending the remaining requests.
 * @param facts the facts of the outcome
 * @returns the ended operation
 * @throws as {@link goOn}.
 */
export async function endHere(ledger: Ledger, id: string, facts: Facts): Promise<Operation> {
  const operation = await waiting(ledger, id);
  await ledger.journal(id).ended({ state: 'succeeded', facts });
  return ledger.operation(id) ?? operation;
}

async function waiting(ledger: Ledger, id: string): Promise<Operation> {
  await ledger.refresh();
  const operation = ledger.operation(id);
  if (operation === undefined || !waitsHalfSent(operation)) throw refuse('not-waiting', { id });
  return operation;
}
