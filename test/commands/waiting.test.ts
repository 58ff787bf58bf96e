/** A click on an operation that waits: what is told of it. */
import { expect, test } from 'vitest';
import { Waiting } from '../../src/commands/waiting';
import type { Operation } from '../../src/operations/operation';
import { MORE_TO_SEND } from '../../src/operations/operation';
import type { Notifier, Remedy } from '../../src/view/notify';
import { planned, request } from '../operations/data';
import { givenLedger, temporaryFolder } from '../operations/given';

const details = { label: 'Show Details', run: () => undefined };

/** Of an operation that waits, of which an earlier poll has counted something. */
async function waiting(isOnScreen = false) {
  const ledger = await givenLedger({ folder: temporaryFolder() });
  const journal = await ledger.begin(planned({ kind: 'code-kubernetes' }));
  await journal.step(MORE_TO_SEND);
  await journal.sending(request);
  await journal.accepted('req');
  const progress = { updated: 1, ready: 0, desired: 2 };
  await ledger.record(journal.id, { type: 'observed', facts: { progress } });
  await journal.paused('canary');
  const told: (readonly [text: string, buttons: readonly Remedy[]])[] = [];
  const notify = {
    succeeded: async (text: string, buttons: readonly Remedy[]) => void told.push([text, buttons]),
  } as unknown as Notifier;
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
    isOnScreen: () => isOnScreen,
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

test('no notification is added to a page on the screen that has the buttons', async () => {
  const { told, clicks, id } = await waiting(true);
  clicks.tell(id);
  expect(told).toEqual([]);
});

test.each([0, 1])(
  'a notification that was answered elsewhere says so, and sends nothing (button %i)',
  async (at) => {
    const { ledger, told, clicks, id } = await waiting();
    clicks.tell(id);
    await clicks.end(ledger.operation(id) as Operation);
    await told[0]?.[1][at]?.run();
    expect(told.slice(2)).toEqual([
      ['env / rdb: answered already, elsewhere. It stands at: succeeded.', [details]],
    ]);
  },
);

test('an operation that is ended by a click is told to be over, and what that means', async () => {
  const { ledger, told, clicks, id } = await waiting();
  await clicks.end(ledger.operation(id) as Operation);
  expect(told).toEqual([['env / rdb: set; each pod takes it when it is next replaced.', [details]]]);
  expect(ledger.operation(id)).toMatchObject({ state: 'succeeded' });
});
