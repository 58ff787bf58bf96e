/** Whatever is thrown while an operation is carried out, it ends up in a state that is true. */
import { expect, test } from 'vitest';
import { type Failure, failed } from '../../src/model/failure';
import type { Journal, OperationState } from '../../src/operations/operation';
import { runOperation } from '../../src/operations/run-operation';
import { awsFailure, planned, request } from './data';
import { givenLedger } from './given';

const cancelled: Failure = { kind: 'cancelled' };
const expired: Failure = { kind: 'credentials', problem: 'expired', message: 'expired' };
const conflict = awsFailure({ reason: 'conflict', passing: false });
const throttled = awsFailure({ reason: 'throttled' });
const reset = awsFailure({ reason: 'network', answered: false });
const broken: Failure = { kind: 'unexpected', message: 'oops' };

const unsent = (journal: Journal): Promise<void> => journal.step('put');
const sent = (journal: Journal): Promise<void> => journal.sending(request);
const accepted = async (journal: Journal): Promise<void> => {
  await journal.sending(request);
  await journal.accepted('req');
};

test.each<[string, (journal: Journal) => Promise<void>, Failure, OperationState]>([
  ['cancelled by the user before the request', unsent, cancelled, 'cancelled'],
  ['a failure before the request', unsent, reset, 'failed'],
  ['refused credentials before the request', unsent, expired, 'failed'],
  ['a conflict', sent, conflict, 'failed'],
  ['throttling to the end', sent, throttled, 'failed'],
  ['credentials refused when the request was signed', sent, expired, 'failed'],
  ['a server error: it may have been carried out', sent, awsFailure(), 'watching'],
  ['no answer: it may have been carried out', sent, reset, 'watching'],
  ['cancelled when it was written down, and before it left', sent, cancelled, 'cancelled'],
  ['anything after the answer, a cancellation too', accepted, cancelled, 'watching'],
  ['a mistake of ours after the request', sent, broken, 'watching'],
  ['anything after the answer', accepted, broken, 'watching'],
])('%s', async (_, work, failure, state) => {
  const ledger = await givenLedger({});
  const journal = await ledger.begin(planned());
  const returned = await runOperation(ledger, journal, async () => {
    await work(journal);
    throw failed(failure);
  });
  expect(returned).toEqual(failure);
  const operation = ledger.operation(journal.id)!;
  expect(operation.state).toBe(state);
  if (state === 'failed') expect(operation.outcome?.failure).toEqual(failure);
  if (state === 'cancelled') expect(operation.outcome?.facts).toEqual({ reason: 'user' });
});

test('an end that was written stays', async () => {
  const ledger = await givenLedger({});
  const journal = await ledger.begin(planned());
  await runOperation(ledger, journal, async () => {
    await journal.ended({ state: 'drifted', facts: { changed: ['code'] } });
    throw failed({ kind: 'refused', code: 'drift', facts: {} });
  });
  expect(ledger.operation(journal.id)?.outcome).toEqual({ state: 'drifted', facts: { changed: ['code'] } });
  expect(ledger.problems).toEqual([]);
});

test('work that is accepted returns nothing and is watched', async () => {
  const ledger = await givenLedger({});
  const journal = await ledger.begin(planned());
  expect(await runOperation(ledger, journal, () => accepted(journal))).toBeUndefined();
  expect(ledger.operation(journal.id)?.state).toBe('watching');
});

test.each<[string, (journal: Journal) => Promise<void>, OperationState]>([
  ['before the request', unsent, 'failed'],
  ['after the request', sent, 'watching'],
])('work that leaves it open %s', async (_, work, state) => {
  const ledger = await givenLedger({});
  const journal = await ledger.begin(planned());
  expect(await runOperation(ledger, journal, () => work(journal))).toMatchObject({ code: 'left-open' });
  expect(ledger.operation(journal.id)?.state).toBe(state);
});
