/** Events add up to the same operation in whatever order they are read, and states only move as the rules say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/operations/fold';
import type { OperationEvent, OperationState, Outcome, RecordedEvent } from '../../src/operations/operation';
import { casesOf } from '../cases';
import { planned, request } from './data';

const begin: OperationEvent = { type: 'planned', ...planned() };
const end = (state: Outcome['state']): OperationEvent => ({ type: 'ended', outcome: { state } });

function recorded(events: readonly OperationEvent[], writers: readonly string[] = []): RecordedEvent[] {
  return events.map((event, index) => ({
    ...event,
    id: 'op',
    at: 1000 + index,
    writer: writers[index] ?? 'a',
    seq: index,
  }));
}

const stateAfter = (...events: OperationEvent[]): OperationState | undefined =>
  fold(recorded(events)).operation?.state;

describe('states', () => {
  const cases: readonly (readonly [readonly OperationEvent[], OperationState])[] = [
    [[], 'planned'],
    [[{ type: 'step', name: 'put' }], 'running'],
    [[{ type: 'sending', request }], 'running'],
    [[{ type: 'sending', request }, { type: 'accepted' }], 'watching'],
    [[{ type: 'sending', request }, { type: 'watched' }], 'watching'],
    [[{ type: 'accepted' }, { type: 'step', name: 'looked' }], 'watching'],
    [[{ type: 'accepted' }, { type: 'observed', facts: { status: 'UPDATING' } }], 'watching'],
    [
      [
        { type: 'step', name: 'run' },
        { type: 'paused', reason: 'canary' },
      ],
      'planned',
    ],
    [
      [
        { type: 'paused', reason: 'canary' },
        { type: 'step', name: 'run' },
      ],
      'running',
    ],
    [[{ type: 'accepted' }, end('succeeded')], 'succeeded'],
    [[end('failed'), { type: 'watched' }], 'failed'],
    [[end('cancelled'), { type: 'accepted' }], 'cancelled'],
    [[end('succeeded'), end('unwatched')], 'succeeded'],
    [[end('unwatched'), { type: 'watched' }], 'watching'],
    [[end('unwatched'), end('succeeded')], 'succeeded'],
    [[end('unknown'), end('failed')], 'failed'],
    [[end('unknown'), { type: 'watched' }], 'watching'],
    [[end('unknown'), { type: 'paused', reason: 'user' }], 'unknown'],
  ];
  test.each(
    cases.map(([events, state]) => [events.map(({ type }) => type).join(', '), events, state] as const),
  )('planned, %s', (_, events, state) => {
    expect(stateAfter(begin, ...events)).toBe(state);
  });
});

test('an operation tells all that its events told', () => {
  const { operation } = fold(
    recorded([
      { ...begin, parent: 'batch', row: 'r1', origin: 'old' } as OperationEvent,
      { type: 'step', name: 'put', facts: { bytes: 12 } },
      { type: 'sending', request },
      { type: 'accepted', requestId: 'req-1', facts: { updateId: 'u-1', status: 'InProgress' } },
      { type: 'observed', facts: { status: 'Successful' } },
      end('succeeded'),
    ]),
  );
  expect(operation).toEqual({
    ...planned(),
    id: 'op',
    writer: 'a',
    state: 'succeeded',
    parent: 'batch',
    row: 'r1',
    origin: 'old',
    request,
    steps: [{ name: 'put', at: 1001, facts: { bytes: 12 } }],
    facts: { updateId: 'u-1', status: 'Successful' },
    requestIds: ['req-1'],
    createdAt: 1000,
    sentAt: 1002,
    acceptedAt: 1003,
    observedAt: 1004,
    endedAt: 1005,
    outcome: { state: 'succeeded' },
  });
});

test('without the event that planned it there is no operation', () => {
  expect(fold(recorded([{ type: 'accepted' }]))).toEqual({ ignored: [] });
});

test('an event type of another version is ignored and told', () => {
  const events = recorded([begin, { type: 'teleported' } as unknown as OperationEvent, { type: 'watched' }]);
  const { operation, ignored } = fold(events);
  expect(operation?.state).toBe('watching');
  expect(ignored).toEqual([{ event: events[1], why: 'unknown-type' }]);
});

test('of two different ends the earlier one stands, and the other is told', () => {
  const events = recorded([begin, end('succeeded'), end('failed'), end('succeeded')], ['a', 'a', 'b', 'b']);
  const { operation, ignored } = fold(events);
  expect(operation?.state).toBe('succeeded');
  expect(operation?.endedAt).toBe(1001);
  expect(ignored).toEqual([{ event: events[2], why: 'contradiction' }]);
});

const anyEvent: fc.Arbitrary<OperationEvent> = fc.oneof(
  fc.record({ type: fc.constant('step' as const), name: fc.string() }),
  fc.constant<OperationEvent>({ type: 'sending', request }),
  fc.record({ type: fc.constant('accepted' as const), requestId: fc.string() }),
  fc.record({
    type: fc.constant('observed' as const),
    facts: fc.dictionary(fc.constantFrom('a', 'b'), fc.nat()),
  }),
  fc.constant<OperationEvent>({ type: 'watched' }),
  fc.constant<OperationEvent>({ type: 'paused', reason: 'user' }),
  fc
    .constantFrom('succeeded', 'failed', 'unwatched', 'unknown', 'cancelled')
    .map((state) => end(state as Outcome['state'])),
);

/** Events of two writers, with times of their own that may be equal. */
const anyEvents = fc
  .array(fc.tuple(anyEvent, fc.constantFrom('a', 'b'), fc.nat(3)), { maxLength: 12 })
  .map((parts) => {
    let at = 1000;
    const all: OperationEvent[] = [begin, ...parts.map(([event]) => event)];
    return all.map((event, index): RecordedEvent => {
      at += parts[index - 1]?.[2] ?? 0;
      return { ...event, id: 'op', at, writer: parts[index - 1]?.[1] ?? 'a', seq: index };
    });
  });

test('neither the order of reading nor reading twice makes a difference', () => {
  fc.assert(
    fc.property(
      anyEvents.chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
        ),
      ),
      ([events, mixed]) => {
        expect(fold(mixed)).toEqual(fold(events));
      },
    ),
    casesOf(1000),
  );
});

test('a decided end never changes, whatever follows', () => {
  fc.assert(
    fc.property(
      anyEvents,
      fc.constantFrom('succeeded', 'failed', 'drifted', 'cancelled-by-aws'),
      (events, state) => {
        const first: RecordedEvent = {
          ...end(state as Outcome['state']),
          id: 'op',
          at: 1000,
          writer: 'a',
          seq: -1,
        };
        const operation = fold([first, ...events]).operation;
        expect(operation?.state).toBe(state);
        expect(operation?.outcome).toEqual({ state });
      },
    ),
    casesOf(1000),
  );
});
