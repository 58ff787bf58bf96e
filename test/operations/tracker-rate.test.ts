/** 200 operations at once, with the real ledger and lease: the budget holds, and no end is noticed late. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../virtual-clock';
import { expectNoticedInTime, expectWithinBudget } from './expectations';
import { temporaryFolder } from './given';
import { done, givenFollowing, goingOn, ScriptedAws } from './tracking';

const LATENCY_MS = 150;

test('200 operations, accepted at once, that end at any time', async () => {
  const clock = new VirtualClock();
  const endsAt = new Map<string, number>();
  const aws = new ScriptedAws(
    clock,
    ({ id, at }) => (at >= endsAt.get(id)! ? done : goingOn),
    'code',
    LATENCY_MS,
  );
  const { ledger, tracker, accepted, ended } = await givenFollowing({
    folder: temporaryFolder(),
    clock,
    followers: () => [aws],
  });
  for (const takes of fc.sample(fc.integer({ min: 0, max: 20 * 60_000 }), { numRuns: 200, seed: 3 })) {
    endsAt.set(await accepted(), clock.now() + takes);
  }
  tracker.start();
  expect(await clock.runUntil(() => ended.length === 200, 3_600_000)).toBe(true);
  expectWithinBudget(
    aws.looks.map(({ at }) => at),
    2,
  );
  expectNoticedInTime(
    ledger.operations().map((operation) => ({
      from: operation.createdAt,
      end: endsAt.get(operation.id)!,
      noticed: operation.endedAt!,
    })),
    { baseMs: 5_000, rate: 2, latency: LATENCY_MS },
  );
});

test('20 operations that nobody watches, settled at once', async () => {
  const clock = new VirtualClock();
  const aws = new ScriptedAws(clock, () => done);
  const { ledger, tracker, accepted } = await givenFollowing({ clock, followers: () => [aws] });
  const ids = await Promise.all(Array.from({ length: 20 }, () => accepted()));
  for (const id of ids) await tracker.stopWatching(id);
  await Promise.all([clock.advance(60_000), ...ids.map((id) => tracker.settle(id))]);
  expect(ledger.operations().map(({ state }) => state)).toEqual(ids.map(() => 'succeeded'));
  expectWithinBudget(
    aws.looks.map(({ at }) => at),
    2,
  );
});
