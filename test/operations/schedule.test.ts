/** The order of looks, without anything around it: any number of operations that come and go. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SteadyClock } from '../../src/model/clock';
import type { Failure } from '../../src/model/failure';
import type { Operation } from '../../src/operations/operation';
import { afterFailure, POLL_INTERVAL } from '../../src/operations/poll-interval';
import { type Follow, Schedule } from '../../src/operations/schedule';
import { casesOf } from '../cases';
import { planned } from './data';
import { expectNoticedInTime, expectWithinBudget, type Run } from './expectations';

const RATE = 2;
const follower = { kind: 'code', service: 'finspace', poll: () => Promise.reject(new Error('never asked')) };

/** One operation: how long after the one before it is accepted, and how long AWS takes; milliseconds. */
interface Part {
  readonly after: number;
  readonly takes: number;
}

/** Plays the tracker's part against an AWS that answers each look after `latency`. */
function play(parts: readonly Part[], latency: number) {
  let now = 0;
  const clock = { now: () => now, sleep: () => Promise.reject(new Error('nobody sleeps')) };
  const schedule = new Schedule({
    clock: new SteadyClock(clock),
    rate: RATE,
    interval: POLL_INTERVAL,
    random: () => 0,
  });
  const looks: number[] = [];
  const runs: Run[] = [];
  const answers: { readonly at: number; readonly follow: Follow; readonly isOver: boolean }[] = [];
  let at = 0;
  const coming = parts.map(({ after, takes }, index) => {
    at += after;
    return { id: String(index), from: at, end: at + takes };
  });
  const starts = [...coming];
  for (let turn = 0; runs.length < parts.length; turn++) {
    expect(turn).toBeLessThan(100_000);
    now = Math.max(now, Math.min(schedule.wakeAt(), starts[0]?.from ?? Infinity, answers[0]?.at ?? Infinity));
    while (starts[0] !== undefined && starts[0].from <= now) {
      const { id, from } = starts.shift()!;
      const operation: Operation = {
        ...planned(),
        id,
        state: 'watching',
        writer: 'a',
        steps: [],
        facts: {},
        requestIds: [],
        createdAt: from,
      };
      schedule.add(operation, follower);
    }
    while (answers[0] !== undefined && answers[0].at <= now) {
      const { follow, isOver } = answers.shift()!;
      follow.isLooking = false;
      schedule.answered(follow, false);
      if (isOver) {
        schedule.remove(follow.id);
        runs.push({ ...coming[Number(follow.id)]!, noticed: now });
      }
    }
    for (const follow of schedule.takeDue()) {
      looks.push(now);
      answers.push({ at: now + latency, follow, isOver: now >= coming[Number(follow.id)]!.end });
    }
  }
  return { looks, runs };
}

test('the budget holds in every second, and every end is noticed in time', () => {
  const part = fc.record({
    after: fc.constantFrom(0, 0, 130, 700, 4_900, 30_000),
    takes: fc.integer({ min: 0, max: 120_000 }),
  });
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 60 }),
      fc.constantFrom(0, 150, 2_000),
      (parts, latency) => {
        const { looks, runs } = play(parts, latency);
        expectWithinBudget(looks, RATE);
        expectNoticedInTime(runs, { baseMs: POLL_INTERVAL.baseMs, rate: RATE, latency });
      },
    ),
    casesOf(1000),
  );
});

const COMMON = { message: 'later', answered: true };
const OF_AWS = { kind: 'aws', service: 'eks', operation: 'DescribeUpdate', name: 'X', ...COMMON } as const;
const OF_CLUSTER = {
  kind: 'kubernetes',
  cluster: 'trading',
  verb: 'get',
  resource: 'pods',
  code: 'X',
  ...COMMON,
} as const;

test.each<[string, Failure, number]>([
  ['AWS', { ...OF_AWS, reason: 'server', passing: true }, POLL_INTERVAL.baseMs],
  ['AWS', { ...OF_AWS, reason: 'access-denied', passing: false }, POLL_INTERVAL.slowMs],
  ['a cluster', { ...OF_CLUSTER, reason: 'server', passing: true }, POLL_INTERVAL.baseMs],
  ['a cluster', { ...OF_CLUSTER, reason: 'forbidden', passing: false }, POLL_INTERVAL.slowMs],
])('after a first failure %s is asked again soon, unless a person has to mend it', (_, failure, wait) => {
  expect(afterFailure(POLL_INTERVAL, failure, 1, 0)).toBe(wait);
});
