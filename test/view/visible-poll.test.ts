/** Polls go out while the view can be seen, and at no other time. */
import { beforeEach, expect, test } from 'vitest';
import { VisiblePoll } from '../../src/view/resources/visible-poll';
import { VirtualClock } from '../virtual-clock';

const MINUTE = 60_000;
let clock: VirtualClock;
let polls: number;
let interval: number;
let poll: VisiblePoll;

beforeEach(() => {
  clock = new VirtualClock();
  polls = 0;
  interval = MINUTE;
  poll = new VisiblePoll(
    clock,
    () => interval,
    async () => {
      polls += 1;
    },
  );
});

test('none while nobody sees the view', async () => {
  await clock.advance(60 * MINUTE);
  expect(polls).toBe(0);
});

test('one each interval while it is seen, none after', async () => {
  poll.show(true);
  await clock.advance(5 * MINUTE);
  expect(polls).toBe(5);
  poll.show(false);
  await clock.advance(60 * MINUTE);
  expect(polls).toBe(5);
});

test('an overdue one at once when the view is seen again, and none too early', async () => {
  poll.show(true);
  await clock.advance(MINUTE);
  poll.show(false);
  await clock.advance(10_000);
  poll.show(true);
  await clock.advance(0);
  expect(polls).toBe(1);
  poll.show(false);
  await clock.advance(MINUTE);
  poll.show(true);
  await clock.advance(0);
  expect(polls).toBe(2);
});

test('being told twice that the view is seen changes nothing', async () => {
  poll.show(true);
  poll.show(true);
  await clock.advance(3 * MINUTE);
  expect(polls).toBe(3);
});

test('none where they are switched off, and again once they are switched on', async () => {
  interval = 0;
  poll.show(true);
  await clock.advance(60 * MINUTE);
  expect(polls).toBe(0);
  interval = MINUTE;
  await clock.advance(3 * MINUTE);
  expect(polls).toBeGreaterThanOrEqual(2);
});

test('a slow one is waited for: they never overlap', async () => {
  let under = 0;
  let most = 0;
  const slow = new VisiblePoll(
    clock,
    () => 1_000,
    async () => {
      under += 1;
      most = Math.max(most, under);
      await clock.sleep(10_000, new AbortController().signal);
      under -= 1;
    },
  );
  slow.show(true);
  await clock.advance(5 * MINUTE);
  for (let turn = 0; turn < 10; turn += 1) {
    slow.show(turn % 2 === 1);
    await clock.advance(1_500);
  }
  expect(most).toBe(1);
  slow.dispose();
});

test("they go on when the computer's clock is set back", async () => {
  poll.show(true);
  await clock.advance(MINUTE);
  clock.setBack(60 * MINUTE);
  poll.show(false);
  poll.show(true);
  await clock.advance(3 * MINUTE);
  expect(polls).toBeGreaterThanOrEqual(3);
});
