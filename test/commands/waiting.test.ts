/** A click on an operation that waits: what is told of it. */
import { expect, test } from 'vitest';
import { Waiting } from '../../src/commands/waiting';
import type { Operation } from '../../src/operations/operation';
import { MORE_TO_SEND } from '../../src/operations/operation';
import type { Notifier } from '../../src/view/notify';
import { planned, request } from '../operations/data';
import { givenLedger, temporaryFolder } from '../operations/given';

test('an operation that is ended by a click is told to be over, and what that means', async () => {
  const ledger = await givenLedger({ folder: temporaryFolder() });
  const journal = await ledger.begin(planned({ kind: 'code-kubernetes' }));
  await journal.step(MORE_TO_SEND);
  await journal.sending(request);
  await journal.accepted('req');
  await journal.paused('canary');
  const told: unknown[] = [];
  const notify = { succeeded: async (...said: unknown[]) => void told.push(said) } as unknown as Notifier;
  const details = { label: 'Show Details', run: () => undefined };
  const never = (): never => {
    throw new Error('not to be asked');
  };
  const waiting = new Waiting({
    ledger,
    notify,
    tracker: { lookNow: never },
    batches: { goOn: never, end: never },
    ports: never,
    details: () => details,
  });
  await waiting.end(ledger.operation(journal.id) as Operation);
  expect(told).toEqual([['env / rdb: set; each pod takes it when it is next replaced.', [details]]]);
  expect(ledger.operation(journal.id)).toMatchObject({ state: 'succeeded' });
});
