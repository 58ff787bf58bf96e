/** A click on an operation that waits: what is told of it. */
import { expect, test } from 'vitest';
import { Waiting } from '../../src/commands/waiting';
import type { Operation } from '../../src/operations/operation';
import { MORE_TO_SEND } from '../../src/operations/operation';
import type { Notifier } from '../../src/view/notify';
import { planned, request } from '../operations/data';
import { givenLedger, temporaryFolder } from '../operations/given';

const details = { label: 'Show Details', run: () => undefined };

/** Of an operation that waits, of which an earlier look has counted something. */
async function waiting() {
  const ledger = await givenLedger({ folder: temporaryFolder() });
  const journal = await ledger.begin(planned({ kind: 'code-kubernetes' }));
  await journal.step(MORE_TO_SEND);
  await journal.sending(request);
  await journal.accepted('req');
  const progress = { updated: 1, ready: 0, desired: 2 };
  await ledger.record(journal.id, { type: 'observed', facts: { progress } });
  await journal.paused('canary');
  const told: unknown[] = [];
  const notify = { succeeded: async (...said: unknown[]) => void told.push(said) } as unknown as Notifier;
  const never = (): never => {
    throw new Error('not to be asked');
  };
  const clicks = new Waiting({
    ledger,
    notify,
    tracker: { lookNow: never },
    batches: { goOn: never, end: never },
    ports: never,
    details: () => details,
  });
  return { ledger, told, clicks, id: journal.id };
}

test('that it waits is told without the numbers of an earlier look', async () => {
  const { told, clicks, id } = await waiting();
  clicks.tell(id);
  const labels = ['Go On', 'End Here', 'Show Details'].map((label) => expect.objectContaining({ label }));
  const text = 'env / rdb: one pod proves the code, the others wait for your click.';
  expect(told).toEqual([[text, labels]]);
});

test('an operation that is ended by a click is told to be over, and what that means', async () => {
  const { ledger, told, clicks, id } = await waiting();
  await clicks.end(ledger.operation(id) as Operation);
  expect(told).toEqual([['env / rdb: set; each pod takes it when it is next replaced.', [details]]]);
  expect(ledger.operation(id)).toMatchObject({ state: 'succeeded' });
});
