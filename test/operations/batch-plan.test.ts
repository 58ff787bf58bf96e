/** What has become of a batch's rows, and whether more of them may begin. */
import { describe, expect, test } from 'vitest';
import {
  BATCH,
  type BatchPlan,
  batchOutcome,
  batchRows,
  isBatchOver,
  mustStop,
  type RowState,
} from '../../src/operations/batch-plan';
import type { Operation, OperationState } from '../../src/operations/operation';
import { resume } from '../../src/operations/resume';
import { VirtualClock } from '../virtual-clock';
import { forever, planned } from './data';
import { givenLedger, temporaryFolder } from './given';

const rowOf = (key: string) => ({ key, group: 'g', planned: planned() });
const planOf = (keys: readonly string[], change: Partial<BatchPlan> = {}): BatchPlan => ({
  rows: keys.map(rowOf),
  width: 1,
  perGroup: 1,
  afterFailure: 'go-on',
  canary: false,
  summary: {},
  ...change,
});

function operation(id: string, state: OperationState, parts: Partial<Operation> = {}): Operation {
  const base = { writer: 'w', steps: [], facts: {}, requestIds: [], createdAt: 1 };
  return { ...planned(), ...base, id, state, ...parts };
}

const batchWith = (plan: BatchPlan): Operation =>
  operation('batch', 'planned', { kind: BATCH, plan: plan as never });

/** A batch with a row for each state, in which the rows' last operations are. */
function given(states: readonly (OperationState | undefined)[], change: Partial<BatchPlan> = {}) {
  const keys = states.map((_, index) => `r${index}`);
  const batch = batchWith(planOf(keys, change));
  const children = states.flatMap((state, index) =>
    state === undefined ? [] : [operation(`o${index}`, state, { parent: 'batch', row: `r${index}` })],
  );
  const rows = batchRows(batch, children);
  return { batch, rows, states: rows.map(({ state }) => state) };
}

describe('a row', () => {
  test.each<[OperationState | undefined, RowState]>([
    [undefined, 'waiting'],
    ['cancelled', 'waiting'],
    ['planned', 'active'],
    ['running', 'active'],
    ['watching', 'active'],
    ['succeeded', 'succeeded'],
    ['unwatched', 'undecided'],
    ['unknown', 'undecided'],
    ['failed', 'failed'],
    ['drifted', 'failed'],
    ['cancelled-by-aws', 'failed'],
  ])('whose operation is %s is %s', (state, expected) => {
    expect(given([state]).states).toEqual([expected]);
  });

  test('is what its newest operation is, and nobody else', () => {
    const batch = batchWith(planOf(['a', 'b']));
    const newest = operation('2', 'succeeded', { parent: 'batch', row: 'a' });
    const older = operation('1', 'failed', { parent: 'batch', row: 'a' });
    const stranger = operation('3', 'failed', { parent: 'other', row: 'b' });
    const rows = batchRows(batch, [stranger, newest, older]);
    expect(rows.map(({ state, operation: one }) => [state, one?.id])).toEqual([
      ['succeeded', '2'],
      ['waiting', undefined],
    ]);
    expect(rows[1]).not.toHaveProperty('operation');
  });
});

describe('no more rows begin', () => {
  test.each<[string, Partial<BatchPlan>, readonly (OperationState | undefined)[], boolean]>([
    [
      'after a failed row, when told to stop',
      { afterFailure: 'stop' },
      ['succeeded', 'failed', undefined],
      true,
    ],
    ['after a row whose end is not known', { afterFailure: 'stop' }, ['unknown', undefined], true],
    ['but they do when told to go on', {}, ['failed', undefined], false],
    ['but they do after one that was cancelled', { afterFailure: 'stop' }, ['cancelled', undefined], false],
    ['after a failed canary, even when told to go on', { canary: true }, ['failed', undefined], true],
    ['after a canary that nobody watched', { canary: true }, ['unwatched', undefined], true],
    [
      'but they do after a canary that went well',
      { canary: true },
      ['succeeded', 'failed', undefined],
      false,
    ],
  ])('%s', (_, change, states, stops) => {
    const { batch, rows } = given(states, change);
    expect(mustStop(batch, rows)).toBe(stops);
    expect(isBatchOver(batch, rows)).toBe(stops);
  });

  test('and it is over when none waits, but not while one runs', () => {
    const over = (states: readonly (OperationState | undefined)[], change: Partial<BatchPlan> = {}) => {
      const { batch, rows } = given(states, change);
      return isBatchOver(batch, rows);
    };
    expect(over(['succeeded', 'failed'])).toBe(true);
    expect(over(['succeeded', undefined])).toBe(false);
    expect(over(['succeeded', 'watching'])).toBe(false);
    expect(over(['failed', 'watching'], { afterFailure: 'stop' })).toBe(false);
  });
});

test.each<[readonly (OperationState | undefined)[], string]>([
  [['succeeded', 'succeeded'], 'succeeded'],
  [['succeeded', 'failed', 'unknown', undefined], 'failed'],
  [['succeeded', 'unwatched', undefined], 'unknown'],
  [['succeeded', undefined], 'cancelled'],
  [['succeeded', 'watching'], 'cancelled'],
])('rows that are %j end a batch as %s, with how many are what', (states, state) => {
  const { rows } = given(states);
  const outcome = batchOutcome(rows);
  expect(outcome.state).toBe(state);
  const counts = Object.values(outcome.facts ?? {});
  expect(Object.keys(outcome.facts ?? {})).toEqual(['succeeded', 'failed', 'undecided', 'waiting', 'active']);
  expect(counts.reduce<number>((sum, count) => sum + Number(count), 0)).toBe(states.length);
});

describe('after a restart', () => {
  /** A batch of two rows that another window left, with the first row in a state. */
  async function left(canary: boolean, end: 'failed' | 'succeeded', paused: boolean) {
    const folder = temporaryFolder();
    const ledger = await givenLedger({ folder, writer: 'crashed' });
    const plan = planOf(['a', 'b'], { canary });
    const batch = await ledger.begin({ ...planned(), kind: BATCH, plan: plan as never });
    await batch.step('run');
    const row = await ledger.begin({ ...planned(), parent: batch.id, row: 'a' });
    await row.ended({ state: end });
    if (paused) await ledger.record(batch.id, { type: 'paused', reason: 'user' });
    const clock = new VirtualClock();
    clock.jump(3_600_000);
    const next = await givenLedger({ folder, clock, writer: 'next' });
    await resume({ ledger: next, signal: forever });
    return next.operation(batch.id)!;
  }

  test('a failed canary ends it, even one that is to go on after failures', async () => {
    const { state, outcome } = await left(true, 'failed', false);
    expect([state, outcome?.facts]).toMatchObject(['failed', { failed: 1, waiting: 1 }]);
  });

  test('without a canary the rest waits, told as interrupted once', async () => {
    expect(await left(false, 'failed', false)).toMatchObject({ state: 'planned', paused: 'interrupted' });
    expect(await left(false, 'failed', true)).toMatchObject({ state: 'planned', paused: 'user' });
  });

  test('one that waits is settled, though its window still runs', async () => {
    const folder = temporaryFolder();
    const living = await givenLedger({ folder });
    const batch = await living.begin({
      ...planned(),
      kind: BATCH,
      plan: planOf(['a'], { canary: true }) as never,
    });
    await batch.step('run');
    const row = await living.begin({ ...planned(), parent: batch.id, row: 'a' });
    await row.accepted('r');
    await living.record(batch.id, { type: 'paused', reason: 'user' });
    await row.ended({ state: 'succeeded' });
    const next = await givenLedger({ folder, writer: 'next' });
    await resume({ ledger: next, signal: forever });
    expect(next.operation(batch.id)?.state).toBe('succeeded');
  });
});
