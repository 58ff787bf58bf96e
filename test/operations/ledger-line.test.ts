/** A line of the ledger is an event whose every part is what the code that reads it relies on, or it is damaged. */
import { describe, expect, test } from 'vitest';
import { formatLine, parseLine } from '../../src/operations/ledger-line';
import type { OperationEvent } from '../../src/operations/operation';
import { planned, request } from './data';

const HEAD = { v: 1, id: '0abc', at: 1, writer: 'w-1', seq: 0 };

const EVENTS: readonly OperationEvent[] = [
  { type: 'planned', ...planned() },
  { type: 'step', name: 'put' },
  { type: 'step', name: 'put', facts: { size: 1 } },
  { type: 'sending', request },
  { type: 'accepted' },
  { type: 'accepted', requestId: 'r', facts: { updateId: 'u' } },
  { type: 'watched' },
  { type: 'observed', facts: { status: 'UPDATING' } },
  { type: 'paused', reason: 'user' },
  ...(
    ['succeeded', 'failed', 'cancelled', 'drifted', 'cancelled-by-aws', 'unwatched', 'unknown'] as const
  ).map((state): OperationEvent => ({ type: 'ended', outcome: { state } })),
];

const line = (data: object): string => JSON.stringify(data);

test.each(EVENTS.map((event) => [line(event), event] as const))('%s is read back', (_, event) => {
  const { v: _v, ...head } = HEAD;
  const recorded = { ...head, ...event };
  const text = formatLine(recorded);
  expect(text).toMatch(/^\{"v":1.*\}\n$/);
  expect(parseLine(text.trimEnd())).toEqual({ event: recorded });
});

test('an event of a type that is not known here is an event', () => {
  const { v: _v, ...event } = { ...HEAD, type: 'of-tomorrow', more: [1] };
  expect(parseLine(line({ ...HEAD, type: 'of-tomorrow', more: [1] }))).toEqual({ event });
});

test.each([
  [2, '2'],
  ['1', '"1"'],
  [undefined, 'none'],
])('version %s is another one', (v, version) => {
  expect(parseLine(line({ ...HEAD, v, type: 'watched' }))).toEqual({ problem: 'unknown-version', version });
});

describe('damaged is', () => {
  const plan = { ...HEAD, type: 'planned', ...planned() };
  const step = { ...HEAD, type: 'step', name: 'put' };
  const sending = { ...HEAD, type: 'sending', request };
  const subject = (change: object): object => ({ ...plan, subject: { ...plan.subject, ...change } });

  test.each<[string, unknown]>([
    ['no id', { ...step, id: undefined }],
    ['an id that is no text', { ...step, id: 7 }],
    ['an id that is a path', { ...step, id: '../x' }],
    ['no time', { ...step, at: '1' }],
    ['no writer', { ...step, writer: null }],
    ['no number', { ...step, seq: '0' }],
    ['no type', { ...step, type: undefined }],
    ['a type that is no text', { ...step, type: ['step'] }],
    ['a plan of no kind', { ...plan, kind: 3 }],
    ['a plan without a plan', { ...plan, plan: undefined }],
    ['a plan about nothing', { ...plan, subject: undefined }],
    ['a plan about a list', { ...plan, subject: [] }],
    ['a subject without a connection', subject({ connectionId: 1 })],
    ['a subject without a region', subject({ region: undefined })],
    ['a subject without an account', subject({ accountId: null })],
    ['a subject without a label', subject({ label: {} })],
    ['a subject whose path is a text', subject({ path: 'env/rdb' })],
    ['a subject whose path holds a number', subject({ path: ['env', 1] })],
    ['a step without a name', { ...step, name: undefined }],
    ['a step whose facts are a list', { ...step, facts: [1] }],
    ['a step whose facts are null', { ...step, facts: null }],
    ['a request that is a text', { ...sending, request: 'x' }],
    ['no request', { ...sending, request: undefined }],
    ['a request without a token', { ...sending, request: { ...request, token: undefined } }],
    ['a request to no service', { ...sending, request: { ...request, service: 1 } }],
    ['a request for no operation', { ...sending, request: { ...request, operation: null } }],
    ['an answer with a numbered id', { ...HEAD, type: 'accepted', requestId: 1 }],
    ['an answer whose facts are a text', { ...HEAD, type: 'accepted', facts: 'x' }],
    ['an observation of nothing', { ...HEAD, type: 'observed' }],
    ['an observation of a list', { ...HEAD, type: 'observed', facts: [] }],
    ['a pause without a reason', { ...HEAD, type: 'paused' }],
    ['an end without an outcome', { ...HEAD, type: 'ended' }],
    ['an end that is a text', { ...HEAD, type: 'ended', outcome: 'failed' }],
    ['an end in no state', { ...HEAD, type: 'ended', outcome: { state: 1 } }],
    ['an end in a state that is no end', { ...HEAD, type: 'ended', outcome: { state: 'watching' } }],
    ['an end in a state that every object has', { ...HEAD, type: 'ended', outcome: { state: 'toString' } }],
    ['a list', [HEAD]],
    ['null', null],
    ['a number', 1],
  ])('%s', (_, data) => {
    expect(parseLine(JSON.stringify(data))).toEqual({ problem: 'damaged' });
  });

  test('what is no JSON', () => {
    expect(parseLine('')).toEqual({ problem: 'damaged' });
    expect(parseLine('{"v":1')).toEqual({ problem: 'damaged' });
  });
});
