/** Operations that wait for a click in the middle of what they send: the wait survives what a window does not. */
import { describe, expect, test } from 'vitest';
import { failed } from '../../src/model/failure';
import { endHere, goOn } from '../../src/operations/go-on';
import type { Ledger } from '../../src/operations/ledger';
import { ALL_SENT, type Journal, MORE_TO_SEND } from '../../src/operations/operation';
import { resume } from '../../src/operations/resume';
import { runOperation } from '../../src/operations/run-operation';
import { VirtualClock } from '../virtual-clock';
import { forever, planned, request } from './data';
import { givenLedger, temporaryFolder } from './given';

const cancelled = failed({ kind: 'cancelled' });
const refused = failed({ kind: 'refused', code: 'folder-not-given', facts: {} });

async function sent(journal: Journal): Promise<void> {
  await journal.step(MORE_TO_SEND);
  await journal.sending(request);
  await journal.accepted('req');
}

const only = (ledger: Ledger) => ledger.operations()[0]!;

/** A window that goes away after `leave`, and the next one, which has looked after what is left. */
async function afterCrash(leave: (journal: Journal, ledger: Ledger) => Promise<unknown>): Promise<Ledger> {
  const folder = temporaryFolder();
  const before = await givenLedger({ folder, writer: 'crashed' });
  await leave(await before.begin(planned()), before);
  const clock = new VirtualClock();
  clock.jump(3_600_000);
  const next = await givenLedger({ folder, clock, writer: 'next' });
  for (let times = 0; times < 2; times += 1) await resume({ ledger: next, signal: forever });
  return next;
}

describe('after a reload', () => {
  test.each<[string, (journal: Journal) => Promise<unknown>, object]>([
    [
      'what waited waits',
      async (journal) => {
        await sent(journal);
        await journal.paused('canary');
      },
      { state: 'watching', paused: 'canary' },
    ],
    ['what was cut short waits', sent, { state: 'watching', paused: 'interrupted' }],
    [
      'and so does what had no answer yet',
      async (journal) => {
        await journal.step(MORE_TO_SEND);
        await journal.sending(request);
      },
      { state: 'watching', paused: 'interrupted' },
    ],
    [
      'what was sent as a whole waits for nothing',
      async (journal) => {
        await sent(journal);
        await journal.step(ALL_SENT);
      },
      { state: 'watching', paused: undefined },
    ],
    [
      'what was never sent is cancelled',
      (journal) => journal.step(MORE_TO_SEND),
      { state: 'cancelled', paused: undefined },
    ],
    [
      'what has ended stays so',
      async (journal) => {
        await sent(journal);
        await journal.ended({ state: 'failed' });
      },
      { state: 'failed', paused: undefined },
    ],
  ])('%s', async (_, leave, { state, paused }: { state?: string; paused?: string }) => {
    const { state: found, paused: why } = only(await afterCrash(leave));
    expect([found, why]).toEqual([state, paused]);
  });

  test('what a living window sends is left to it', async () => {
    const folder = temporaryFolder();
    const living = await givenLedger({ folder });
    await sent(await living.begin(planned()));
    const next = await givenLedger({ folder, writer: 'next' });
    await resume({ ledger: next, signal: forever });
    expect(only(next).paused).toBeUndefined();
  });
});

test.each([
  ['a cancel', cancelled, 'user'],
  ['a failure', refused, 'interrupted'],
])('what is cut short by %s waits, and says by what', async (_, thrown, why) => {
  const ledger = await givenLedger({ folder: temporaryFolder() });
  const journal = await ledger.begin(planned());
  await runOperation(ledger, journal, async () => {
    await sent(journal);
    throw thrown;
  });
  expect(only(ledger)).toMatchObject({ state: 'watching', paused: why });
});

describe('a click', () => {
  async function waiting(): Promise<Ledger> {
    const ledger = await givenLedger({ folder: temporaryFolder() });
    const journal = await ledger.begin(planned());
    await sent(journal);
    await journal.paused('canary');
    return ledger;
  }

  test('has it go on, in one window alone', async () => {
    const ledger = await waiting();
    const { id } = only(ledger);
    let end: () => void = () => undefined;
    const first = goOn(ledger, id, async (journal) => {
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      await journal.step(ALL_SENT);
    });
    await expect.poll(() => only(ledger).paused).toBeUndefined();
    expect(only(ledger).state).toBe('watching');
    await expect(goOn(ledger, id, async () => undefined)).rejects.toMatchObject({
      failure: { code: 'not-waiting' },
    });
    end();
    expect(await first).toBeUndefined();
    expect(only(ledger).paused).toBeUndefined();
  });

  test('is over once the operation is, whoever has found that out', async () => {
    const ledger = await waiting();
    const { id } = only(ledger);
    const going = goOn(
      ledger,
      id,
      (_journal, _operation, over) =>
        new Promise((_, reject) => over.addEventListener('abort', () => reject(cancelled))),
    );
    await expect.poll(() => only(ledger).paused).toBeUndefined();
    await ledger.record(id, { type: 'ended', outcome: { state: 'failed' } });
    expect(await going).toBeUndefined();
    expect(only(ledger).state).toBe('failed');
  });

  test('may end it where it is', async () => {
    const ledger = await waiting();
    const { id } = only(ledger);
    await endHere(ledger, id, { takenLater: 'replaced' });
    expect(only(ledger)).toMatchObject({
      state: 'succeeded',
      outcome: { facts: { takenLater: 'replaced' } },
    });
    await expect(endHere(ledger, id, {})).rejects.toMatchObject({ failure: { code: 'not-waiting' } });
  });

  test('is for nothing that was not sent', async () => {
    const ledger = await givenLedger({ folder: temporaryFolder() });
    const { id } = await ledger.begin(planned());
    await expect(goOn(ledger, id, async () => undefined)).rejects.toMatchObject({
      failure: { code: 'not-waiting' },
    });
  });
});
