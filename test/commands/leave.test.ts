/** Cancel while an operation is followed: what is certain is left alone, what is in doubt is looked at on. */
import { expect, test } from 'vitest';
import { isInDoubt, leave } from '../../src/commands/leave';
import { failed } from '../../src/model/failure';
import { runOperation } from '../../src/operations/run-operation';
import { awsFailure, planned, request } from '../operations/data';
import { done, givenFollowing, goingOn, ScriptedAws } from '../operations/tracking';

const reset = awsFailure({ reason: 'network', name: 'ECONNRESET', answered: false });

/** One window in which an update was sent and no answer came. */
async function withoutAnswer() {
  let isOver = false;
  const window = await givenFollowing({
    followers: (clock) => [new ScriptedAws(clock, () => (isOver ? done : goingOn))],
  });
  const { ledger, tracker } = window;
  const journal = await ledger.begin(planned());
  await runOperation(ledger, journal, async () => {
    await journal.sending(request);
    throw failed(reset);
  });
  await tracker.watch(journal.id);
  const operation = () => ledger.operation(journal.id)!;
  return { ...window, id: journal.id, operation, end: () => (isOver = true) };
}

test('an update without an answer is followed on until a look has decided it', async () => {
  const { clock, id, ended, end, operation, ...deps } = await withoutAnswer();
  expect(isInDoubt(operation())).toBe(true);
  expect(await leave(id, deps)).toBe(true);
  await clock.advance(60_000);
  expect(operation().state).toBe('watching');
  end();
  await clock.advance(10_000);
  expect(ended.map(({ state }) => state)).toEqual(['succeeded']);
});

test('an update without an answer that AWS shows is no longer watched', async () => {
  const { id, operation, ...deps } = await withoutAnswer();
  await deps.ledger.record(id, { type: 'observed', facts: { updateId: 'update-1' } });
  expect(await leave(id, deps)).toBe(false);
  expect(operation().state).toBe('unwatched');
  expect(isInDoubt(operation())).toBe(false);
});

test('an update that AWS has accepted is no longer watched', async () => {
  const { ledger, tracker, accepted } = await givenFollowing({ followers: () => [] });
  const id = await accepted();
  expect(await leave(id, { ledger, tracker })).toBe(false);
  expect(ledger.operation(id)?.state).toBe('unwatched');
});

test('an update that somebody else began is in no doubt', async () => {
  const { ledger, tracker } = await givenFollowing({ followers: () => [] });
  const journal = await ledger.begin(planned());
  await journal.watched();
  expect(await leave(journal.id, { ledger, tracker })).toBe(false);
});
