/** After a restart everything that was sent is followed, and nothing is sent. */
import { expect, test } from 'vitest';
import type { Json } from '../../src/model/json';
import { BATCH } from '../../src/operations/batch-plan';
import type { Ledger } from '../../src/operations/ledger';
import type { Journal, PlannedOperation } from '../../src/operations/operation';
import { resume } from '../../src/operations/resume';
import { VirtualClock } from '../virtual-clock';
import { forever, planned, request } from './data';
import { givenLedger, temporaryFolder } from './given';

/** A ledger over what a window left that is silent for an hour. */
async function afterCrash(leave: (ledger: Ledger) => Promise<unknown>): Promise<Ledger> {
  const folder = temporaryFolder();
  await leave(await givenLedger({ folder, writer: 'crashed' }));
  const clock = new VirtualClock();
  clock.jump(3_600_000);
  return givenLedger({ folder, clock, writer: 'next' });
}

const begun = (change?: Partial<PlannedOperation>) => (ledger: Ledger) => ledger.begin(planned(change));

const after = (work: (journal: Journal) => Promise<void>) => async (ledger: Ledger) =>
  work(await begun()(ledger));

test.each<[string, (ledger: Ledger) => Promise<unknown>, object]>([
  ['planned', begun(), { state: 'cancelled', outcome: { facts: { reason: 'interrupted' } } }],
  ['a step made', after((journal) => journal.step('put')), { state: 'cancelled' }],
  ['sent without an answer', after((journal) => journal.sending(request)), { state: 'watching' }],
  ['accepted', after((journal) => journal.accepted('req')), { state: 'watching', requestIds: ['req'] }],
  ['ended', after((journal) => journal.ended({ state: 'failed' })), { state: 'failed' }],
  ['unwatched', after((journal) => journal.ended({ state: 'unwatched' })), { state: 'unwatched' }],
])('%s', async (_, leave, expected) => {
  const ledger = await afterCrash(leave);
  expect(await resume({ ledger, signal: forever })).toEqual([]);
  expect(ledger.operations()).toMatchObject([expected]);
  const events = ledger.events(ledger.operations()[0]!.id).length;
  await resume({ ledger, signal: forever });
  expect(ledger.events(ledger.operations()[0]!.id)).toHaveLength(events);
});

test('nothing of a process that lives is touched', async () => {
  const folder = temporaryFolder();
  const living = await givenLedger({ folder });
  await begun()(living);
  await after((journal) => journal.sending(request))(living);
  const ledger = await givenLedger({ folder, writer: 'next' });
  await resume({ ledger, signal: forever });
  await living.refresh();
  expect(living.operations().map(({ state }) => state)).toEqual(
    expect.arrayContaining(['planned', 'running']),
  );
});

test('nor is anything of a process that cannot be seen, as long as it shows signs of life', async () => {
  const folder = temporaryFolder();
  const clock = new VirtualClock();
  await begun()(await givenLedger({ folder, clock, writer: 'elsewhere' }));
  const ledger = await givenLedger({ folder, clock, writer: 'next' });
  await clock.advance(600_000);
  await resume({ ledger, signal: forever });
  expect(ledger.operations()[0]?.state).toBe('planned');
});

test('what is left to clear away keeps the operation open until it is done', async () => {
  const ledger = await afterCrash(after((journal) => journal.step('upload', { uploadId: 'u1' })));
  let isOnline = false;
  const seen: unknown[] = [];
  const abandoned = async ({ steps }: { readonly steps: readonly unknown[] }): Promise<void> => {
    seen.push(steps);
    if (!isOnline) throw new Error('offline');
  };
  const [operation] = ledger.operations();
  expect(await resume({ ledger, abandoned, signal: forever })).toEqual([
    { id: operation?.id, failure: { kind: 'unexpected', message: 'offline' } },
  ]);
  expect(ledger.operations()[0]?.state).toBe('running');
  isOnline = true;
  expect(await resume({ ledger, abandoned, signal: forever })).toEqual([]);
  expect(ledger.operations()[0]?.state).toBe('cancelled');
  expect(seen).toMatchObject([[{ facts: { uploadId: 'u1' } }], [{ facts: { uploadId: 'u1' } }]]);
});

const row = (key: string) => ({ key, group: 'g', planned: planned() });
const plan = {
  rows: [row('r1'), row('r2')],
  width: 1,
  perGroup: 1,
  afterFailure: 'go-on',
  canary: false,
  summary: null,
} as unknown as Json;

test('rows of a batch that were not begun wait for a click', async () => {
  const ledger = await afterCrash(async (crashed) => {
    const batch = await begun({ kind: BATCH, plan })(crashed);
    await batch.step('run');
    await (await begun({ parent: batch.id, row: 'r1' })(crashed)).sending(request);
  });
  await resume({ ledger, signal: forever });
  const [first, batch] = ledger.operations().toSorted((a) => (a.kind === BATCH ? 1 : -1));
  expect(batch).toMatchObject({ kind: BATCH, state: 'planned', paused: 'interrupted' });
  expect(first?.state).toBe('watching');
});

test('a batch whose rows have all ended ends', async () => {
  const ledger = await afterCrash(async (crashed) => {
    const batch = await begun({ kind: BATCH, plan })(crashed);
    await batch.step('run');
    for (const key of ['r1', 'r2']) {
      const journal = await begun({ parent: batch.id, row: key })(crashed);
      await journal.ended({ state: key === 'r1' ? 'failed' : 'succeeded' });
    }
  });
  await resume({ ledger, signal: forever });
  expect(ledger.operations().find(({ kind }) => kind === BATCH)?.outcome).toEqual({
    state: 'failed',
    facts: { succeeded: 1, failed: 1, undecided: 0, waiting: 0, active: 0 },
  });
});

test.each(['failed', 'unknown'] as const)('a batch whose canary was %s by then ends', async (state) => {
  const ledger = await afterCrash(async (crashed) => {
    const canary = { ...(plan as object), canary: true };
    const batch = await begun({ kind: BATCH, plan: canary })(crashed);
    await batch.step('run');
    await (await begun({ parent: batch.id, row: 'r1' })(crashed)).ended({ state });
  });
  await resume({ ledger, signal: forever });
  expect(ledger.operations().find(({ kind }) => kind === BATCH)?.outcome).toMatchObject({
    state,
    facts: { succeeded: 0, waiting: 1 },
  });
});
