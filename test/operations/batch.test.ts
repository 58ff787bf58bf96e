/** Rows run in order, never more at once than the plan says, and not further than the user has clicked. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failed, failureOf } from '../../src/model/failure';
import { type Batches, createBatches } from '../../src/operations/batch';
import { type BatchPlan, batchRows, countOf } from '../../src/operations/batch-plan';
import type { Ledger } from '../../src/operations/ledger';
import type { Operation, Outcome } from '../../src/operations/operation';
import { resume } from '../../src/operations/resume';
import { casesOf } from '../cases';
import { VirtualClock } from '../virtual-clock';
import { awsFailure, forever, planned, request } from './data';
import { givenLedger, temporaryFolder } from './given';

const MINUTE = 60_000;

/** How a row goes: refused when it is sent, or ended after some milliseconds. */
interface Fate {
  readonly takes: number;
  readonly end: Outcome['state'] | 'refused';
}

const well: Fate = { takes: MINUTE, end: 'succeeded' };

/** AWS and its follower in one: what was sent runs for its time, across windows. */
class Aws {
  readonly sent: string[] = [];
  readonly #running = new Map<string, string>();
  most = 0;
  mostOfGroup = 0;

  constructor(
    readonly clock: VirtualClock,
    private readonly fates: Readonly<Record<string, Fate>> = {},
  ) {}

  batches(ledger: Ledger): Batches {
    return createBatches({
      ledger,
      clock: this.clock,
      start: async ({ key, group }, journal) => {
        const { takes, end } = this.fates[key] ?? well;
        await journal.step('check');
        await journal.sending(request);
        this.sent.push(key);
        if (end === 'refused') throw failed(awsFailure({ reason: 'invalid', passing: false }));
        this.#running.set(key, group);
        this.most = Math.max(this.most, this.#running.size);
        const ofGroup = [...this.#running.values()].filter((other) => other === group).length;
        this.mostOfGroup = Math.max(this.mostOfGroup, ofGroup);
        await journal.accepted('req');
        void this.clock.sleep(takes, forever).then(() => {
          this.#running.delete(key);
          return journal.ended({ state: end });
        });
      },
    });
  }
}

function plan(rows: readonly string[], change: Partial<BatchPlan> = {}): BatchPlan {
  return {
    rows: rows.map((key) => ({
      key,
      group: key.slice(0, 1),
      planned: planned({ kind: 'nodegroup-version' }),
    })),
    width: 2,
    perGroup: 2,
    afterFailure: 'go-on',
    canary: false,
    summary: { title: 'several' },
    ...change,
  };
}

async function given(rows: readonly string[], change: Partial<BatchPlan>, fates: Record<string, Fate> = {}) {
  const folder = temporaryFolder();
  const clock = new VirtualClock();
  const ledger = await givenLedger({ folder, clock, writer: 'a' });
  const aws = new Aws(clock, fates);
  const batches = aws.batches(ledger);
  const { kind: _kind, plan: _plan, ...subject } = planned();
  const id = await batches.begin(subject, plan(rows, change));
  const batch = (): Operation => ledger.operation(id)!;
  const states = (): string[] => batchRows(batch(), ledger.operations()).map(({ state }) => state);
  return { folder, clock, ledger, aws, batches, id, batch, states };
}

/** The user stops a batch while its first rows run. */
async function stoppedMidway({
  clock,
  batches,
  id,
}: Pick<Awaited<ReturnType<typeof given>>, 'clock' | 'batches' | 'id'>): Promise<void> {
  const stop = new AbortController();
  const run = batches.run(id, stop.signal);
  await clock.advance(30_000);
  stop.abort();
  await clock.advance(1_000);
  await run;
}

const facts = (change: object) => ({
  succeeded: 0,
  failed: 0,
  undecided: 0,
  waiting: 0,
  active: 0,
  ...change,
});

describe('a batch', () => {
  test('runs its rows in order and ends when the last one has ended', async () => {
    const { clock, aws, batches, id, batch } = await given(['a1', 'b1', 'a2', 'b2', 'a3'], {});
    const run = batches.run(id, forever);
    await clock.advance(30_000);
    expect(aws.sent).toEqual(['a1', 'b1']);
    expect(batch().state).toBe('running');
    await clock.advance(10 * MINUTE);
    await run;
    expect(aws.sent).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
    expect(batch().outcome).toEqual({ state: 'succeeded', facts: facts({ succeeded: 5 }) });
  });

  test('passes over rows whose group is full', async () => {
    const { clock, aws, batches, id } = await given(['a1', 'a2', 'a3', 'b1'], { width: 2, perGroup: 1 });
    void batches.run(id, forever);
    await clock.advance(30_000);
    expect(aws.sent).toEqual(['a1', 'b1']);
    await clock.advance(10 * MINUTE);
    expect(aws.mostOfGroup).toBe(1);
    expect(aws.sent).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  test('goes on after failures when told to', async () => {
    const { clock, batches, id, batch, states } = await given(
      ['a1', 'a2', 'a3', 'a4'],
      {},
      { a1: { takes: 1, end: 'refused' }, a2: { takes: MINUTE, end: 'failed' } },
    );
    void batches.run(id, forever);
    await clock.advance(10 * MINUTE);
    expect(states()).toEqual(['failed', 'failed', 'succeeded', 'succeeded']);
    expect(batch().outcome).toEqual({ state: 'failed', facts: facts({ failed: 2, succeeded: 2 }) });
  });

  test('stops after a failure when told to, and waits for what runs', async () => {
    const { clock, aws, batches, id, batch } = await given(
      ['a1', 'a2', 'a3', 'a4'],
      { afterFailure: 'stop' },
      { a1: { takes: 10_000, end: 'failed' } },
    );
    void batches.run(id, forever);
    await clock.advance(30_000);
    expect(batch().state).toBe('running');
    await clock.advance(MINUTE);
    expect(aws.sent).toEqual(['a1', 'a2']);
    expect(batch().outcome).toEqual({
      state: 'failed',
      facts: facts({ failed: 1, succeeded: 1, waiting: 2 }),
    });
  });

  test('without rows ends', async () => {
    const { batches, id, batch } = await given([], {});
    await batches.run(id, forever);
    expect(batch().outcome).toEqual({ state: 'succeeded', facts: facts({}) });
  });

  test('runs once at a time, and not again when it has ended', async () => {
    const { clock, folder, aws, batches, id } = await given(['a1'], {});
    const run = batches.run(id, forever);
    expect(await batches.run(id, forever).catch(failureOf)).toMatchObject({ code: 'batch-running' });
    await clock.advance(1_000);
    expect(await batches.run(id, forever).catch(failureOf)).toMatchObject({ code: 'batch-running' });
    const other = aws.batches(await givenLedger({ folder, clock, writer: 'b' }));
    expect(await other.run(id, forever).catch(failureOf)).toMatchObject({ code: 'batch-running' });
    expect(await other.end(id).catch(failureOf)).toMatchObject({ code: 'batch-running' });
    await clock.advance(2 * MINUTE);
    await run;
    expect(await batches.run(id, forever).catch(failureOf)).toMatchObject({ code: 'batch-ended' });
    expect(aws.sent).toEqual(['a1']);
  });
});

describe('a canary', () => {
  test('runs alone, and the others wait for a click', async () => {
    const { clock, aws, batches, id, batch } = await given(['a1', 'a2', 'a3'], { canary: true });
    const run = batches.run(id, forever);
    await clock.advance(10 * MINUTE);
    await run;
    expect(aws.sent).toEqual(['a1']);
    expect(batch()).toMatchObject({ state: 'planned', paused: 'canary' });
    const rest = batches.run(id, forever);
    await clock.advance(10 * MINUTE);
    await rest;
    expect(aws.sent).toEqual(['a1', 'a2', 'a3']);
    expect(batch().state).toBe('succeeded');
  });

  test('that does not succeed ends the batch, even one that goes on after failures', async () => {
    const fates = { a1: { takes: MINUTE, end: 'failed' as const } };
    const { clock, aws, batches, id, batch } = await given(['a1', 'a2'], { canary: true }, fates);
    void batches.run(id, forever);
    await clock.advance(10 * MINUTE);
    expect(aws.sent).toEqual(['a1']);
    expect(batch().outcome).toEqual({ state: 'failed', facts: facts({ failed: 1, waiting: 1 }) });
  });

  test.each([
    { end: 'failed', counts: { failed: 1, waiting: 2 }, outcome: 'failed' },
    { end: 'unknown', counts: { undecided: 1, waiting: 2 }, outcome: 'unknown' },
    { end: 'unwatched', counts: { undecided: 1, waiting: 2 }, outcome: 'unknown' },
  ] as const)('that ends as $end while the batch waits lets no other row begin', async (example) => {
    const fates = { a1: { takes: MINUTE, end: example.end } };
    const { clock, aws, batches, id, batch } = await given(['a1', 'a2', 'b1'], { canary: true }, fates);
    await stoppedMidway({ clock, batches, id });
    expect(batch()).toMatchObject({ state: 'planned', paused: 'user' });
    await clock.advance(5 * MINUTE);
    const rest = batches.run(id, forever);
    await clock.advance(10 * MINUTE);
    await rest;
    expect(aws.sent).toEqual(['a1']);
    expect(batch().outcome).toEqual({ state: example.outcome, facts: facts(example.counts) });
  });

  test('that still runs at the click lets no other row begin, should it fail then', async () => {
    const fates = { a1: { takes: 2 * MINUTE, end: 'failed' as const } };
    const { clock, aws, batches, id, batch } = await given(['a1', 'b1'], { canary: true }, fates);
    await stoppedMidway({ clock, batches, id });
    const rest = batches.run(id, forever);
    await clock.advance(10 * MINUTE);
    await rest;
    expect(aws.sent).toEqual(['a1']);
    expect(batch().outcome).toEqual({ state: 'failed', facts: facts({ failed: 1, waiting: 1 }) });
  });

  test('that succeeds while the batch waits needs no second click', async () => {
    const { clock, aws, batches, id, batch } = await given(['a1', 'a2'], { canary: true });
    await stoppedMidway({ clock, batches, id });
    await clock.advance(5 * MINUTE);
    const rest = batches.run(id, forever);
    await clock.advance(10 * MINUTE);
    await rest;
    expect(aws.sent).toEqual(['a1', 'a2']);
    expect(batch().state).toBe('succeeded');
  });

  test('of one row is the batch', async () => {
    const { clock, batches, id, batch } = await given(['a1'], { canary: true });
    void batches.run(id, forever);
    await clock.advance(10 * MINUTE);
    expect(batch().state).toBe('succeeded');
  });
});

describe('the user', () => {
  test('stops it: what was sent goes on, what was not waits', async () => {
    const { clock, aws, batches, id, batch, states } = await given(['a1', 'a2', 'a3', 'a4'], {});
    await stoppedMidway({ clock, batches, id });
    expect(batch()).toMatchObject({ state: 'planned', paused: 'user' });
    expect(states()).toEqual(['active', 'active', 'waiting', 'waiting']);
    const rest = batches.run(id, forever);
    await clock.advance(10 * MINUTE);
    await rest;
    expect(aws.sent).toEqual(['a1', 'a2', 'a3', 'a4']);
    expect(aws.most).toBe(2);
    expect(batch().state).toBe('succeeded');
  });

  test('ends it while it waits', async () => {
    const { clock, batches, id, batch } = await given(['a1', 'a2'], { canary: true });
    void batches.run(id, forever);
    await clock.advance(10 * MINUTE);
    await batches.end(id);
    expect(batch().outcome).toEqual({ state: 'cancelled', facts: facts({ succeeded: 1, waiting: 1 }) });
  });
});

test('of a window that fell silent, the rest waits for a click in another one, and no row runs twice', async () => {
  const { folder, clock, aws, batches, id } = await given(['a1', 'a2', 'a3', 'a4', 'a5'], {});
  void batches.run(id, forever);
  await clock.advance(30_000);

  // It wakes up later, as after a night's sleep, and must find that it was given up.
  clock.jump(3_600_000);
  const next = await givenLedger({ folder, clock, writer: 'b' });
  await resume({ ledger: next, signal: forever });
  expect(next.operation(id)).toMatchObject({ state: 'planned', paused: 'interrupted' });
  const sent = aws.sent.length;
  await clock.advance(10 * MINUTE);
  await next.refresh();
  expect(aws.sent).toHaveLength(sent);
  const rest = aws.batches(next).run(id, forever);
  await clock.advance(10 * MINUTE);
  await rest;
  expect(aws.sent.toSorted()).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
  expect(next.operation(id)?.state).toBe('succeeded');
});

test('of a window that closes, no further row begins, and the batch does not end', async () => {
  const { folder, clock, ledger, aws, batches, id } = await given(['a1', 'a2', 'a3'], { width: 1 });
  const ofNext = await givenLedger({ folder, clock, writer: 'b' });
  void batches.run(id, forever);
  await clock.advance(30_000);
  await ledger.dispose();
  await ofNext.refresh();
  const [row] = batchRows(ofNext.operation(id)!, ofNext.operations());
  // Whoever is closing may still read for some seconds what others write.
  await ofNext.journal(row!.operation!.id).ended({ state: 'succeeded' });
  await clock.advance(10 * MINUTE);
  await ofNext.refresh();
  expect(aws.sent).toEqual(['a1']);
  expect(ofNext.operation(id)).toMatchObject({ state: 'running', writer: 'a' });
  expect(batchRows(ofNext.operation(id)!, ofNext.operations()).map(({ state }) => state)).toEqual([
    'succeeded',
    'waiting',
    'waiting',
  ]);
});

test('the limits hold and every row is sent once, for any batch that is stopped and goes on at any time', async () => {
  const root = temporaryFolder();
  let run = 0;
  const rows = fc.uniqueArray(
    fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(99)).map(([group, number]) => `${group}${number}`),
    { maxLength: 4 },
  );
  const fate = fc.record({
    takes: fc.constantFrom(1, 500, 3_000, 5_000),
    end: fc.constantFrom('succeeded' as const, 'failed' as const, 'unknown' as const, 'refused' as const),
  });
  await fc.assert(
    fc.asyncProperty(
      rows.chain((keys) =>
        fc.tuple(fc.constant(keys), fc.array(fate, { minLength: keys.length, maxLength: keys.length })),
      ),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 2 }),
      fc.array(fc.constantFrom(0, 500, 2_000, 4_000), { maxLength: 3 }),
      async ([keys, fates], width, perGroup, stops) => {
        const clock = new VirtualClock();
        const ledger = await givenLedger({ folder: `${root}/${run++}`, clock, writer: 'a' });
        const aws = new Aws(clock, Object.fromEntries(keys.map((key, index) => [key, fates[index]!])));
        const batches = aws.batches(ledger);
        const { kind: _kind, plan: _plan, ...subject } = planned();
        const id = await batches.begin(subject, plan(keys, { width, perGroup }));
        for (const wait of [...stops, 3_600_000]) {
          const stop = new AbortController();
          const running = batches.run(id, stop.signal).catch(failureOf);
          await clock.runUntil(() => ledger.operation(id)?.outcome !== undefined, wait);
          stop.abort();
          await clock.settle();
          await running;
        }
        const batch = ledger.operation(id)!;
        expect(aws.sent.toSorted()).toEqual(keys.toSorted());
        expect(aws.most).toBeLessThanOrEqual(width);
        expect(aws.mostOfGroup).toBeLessThanOrEqual(perGroup);
        const ended = batchRows(batch, ledger.operations());
        expect(batch.outcome?.facts?.['succeeded']).toBe(countOf(ended, 'succeeded'));
        expect(countOf(ended, 'waiting') + countOf(ended, 'active')).toBe(0);
        await ledger.dispose();
      },
    ),
    casesOf(1000),
  );
});
