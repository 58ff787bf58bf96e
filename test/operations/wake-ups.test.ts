/** A watch wakes the follow of an operation. Polls decide, and go on as they would without it. */
import { expect, test } from 'vitest';
import type { Failure } from '../../src/model/failure';
import type { Operation } from '../../src/operations/operation';
import { awsFailure, planned } from './data';
import { done, givenFollowing, goingOn, type Script, ScriptedAws } from './tracking';

const SECOND = 1_000;
const expired: Failure = { kind: 'credentials', problem: 'expired', profile: 'dev', message: 'expired' };

interface Watch {
  readonly id: string;
  readonly changed: () => void;
  readonly signal: AbortSignal;
}

/** An AWS whose operations can be watched, by a window that follows them. */
async function watched(
  script: Script,
  {
    rate = Number.POSITIVE_INFINITY,
    latency = 0,
    begin = async () => undefined,
  }: {
    readonly rate?: number;
    readonly latency?: number;
    readonly begin?: () => Promise<void>;
  } = {},
) {
  const watches: Watch[] = [];
  let aws: ScriptedAws | undefined;
  const window = await givenFollowing({
    rate,
    followers: (clock) => {
      aws = new ScriptedAws(clock, script, 'code', latency);
      const watch = async ({ id }: Operation, changed: () => void, signal: AbortSignal): Promise<void> => {
        watches.push({ id, changed, signal });
        await begin();
      };
      return [Object.assign(aws, { watch })];
    },
  });
  const open = () => watches.filter(({ signal }) => !signal.aborted);
  return { ...window, aws: aws!, watches, open };
}

test('a change is looked at at once, and the end that it brings is told, with no time passing', async () => {
  let isLive = false;
  const { clock, tracker, ledger, accepted, watches } = await watched(() => (isLive ? done : goingOn));
  const id = await accepted();
  tracker.start();
  await clock.advance(2 * SECOND);
  expect(watches).toHaveLength(1);
  const before = clock.now();
  isLive = true;
  watches[0]!.changed();
  await clock.settle();
  expect(ledger.operation(id)?.state).toBe('succeeded');
  expect(clock.now()).toBe(before);
  expect(watches[0]!.signal.aborted).toBe(true);
});

test('a change during a look has another look follow, and so has each that comes with a look', async () => {
  const { clock, tracker, accepted, watches, aws } = await watched(() => goingOn, { latency: SECOND });
  await accepted();
  tracker.start();
  await clock.advance(SECOND);
  watches[0]!.changed();
  await clock.settle();
  expect(aws.looks).toHaveLength(2);
  for (let change = 0; change < 10; change += 1) watches[0]!.changed();
  await clock.advance(SECOND);
  expect(aws.looks).toHaveLength(3);
  await clock.advance(SECOND);
  expect(aws.looks).toHaveLength(3);
});

test('changes without end keep to the rate, and leave others their turns', async () => {
  const { clock, tracker, accepted, watches, aws } = await watched(() => goingOn, { rate: 2 });
  const [busy, calm] = [await accepted(), await accepted()];
  tracker.start();
  await clock.advance(2 * SECOND);
  const before = aws.looks.length;
  for (let step = 0; step < 200; step += 1) {
    for (const { id, changed } of watches) if (id === busy) changed();
    await clock.advance(100);
  }
  expect(aws.looks.length - before).toBeLessThanOrEqual(41);
  expect(Math.max(...aws.gaps(calm))).toBeLessThanOrEqual(6 * SECOND);
});

test('without a change, looks come as often as they would without a watch', async () => {
  const { clock, tracker, accepted, aws } = await watched(() => goingOn);
  const id = await accepted();
  tracker.start();
  await clock.advance(60 * SECOND);
  expect(new Set(aws.gaps(id))).toEqual(new Set([5 * SECOND]));
});

test('while credentials are refused nothing is watched, and no change starts a look', async () => {
  let works = true;
  // One look a second: of two operations, one finds out, and the other waits with it.
  const { clock, tracker, accepted, aws, watches, open, asked } = await watched(
    () => (works ? goingOn : expired),
    { rate: 1 },
  );
  const ids = [await accepted(), await accepted()];
  tracker.start();
  await clock.advance(2 * SECOND);
  expect(open()).toHaveLength(2);
  works = false;
  await clock.runUntil(() => asked.length > 0, 10 * SECOND);
  await clock.settle();
  expect(open()).toEqual([]);
  const looks = aws.looks.length;
  for (const { changed } of watches) changed();
  await clock.advance(20 * SECOND);
  expect(aws.looks).toHaveLength(looks);
  works = true;
  tracker.resumeConnection(planned().subject.connectionId);
  await clock.advance(10 * SECOND);
  expect(new Set(open().map(({ id }) => id))).toEqual(new Set(ids));
});

test.each([
  ['denied', awsFailure({ reason: 'access-denied', name: 'AccessDeniedException', passing: false })],
  ['without an answer', awsFailure({ reason: 'network', name: 'ENOTFOUND', answered: false })],
])('after a look that was %s, changes do not make the next one come earlier', async (_, failure) => {
  const answers = [goingOn, failure];
  const { clock, tracker, accepted, aws, watches, open } = await watched(() => answers.shift() ?? goingOn);
  await accepted();
  tracker.start();
  await clock.advance(5 * SECOND);
  expect(aws.looks).toHaveLength(2);
  expect(open()).toEqual([]);
  for (const { changed } of watches) changed();
  await clock.settle();
  expect(aws.looks).toHaveLength(2);
  await clock.advance(60 * SECOND);
  expect(open()).toHaveLength(1);
});

test('a watch that cannot begin is tried again after the next look, and costs no look', async () => {
  let works = false;
  const { clock, tracker, accepted, aws, watches, open } = await watched(() => goingOn, {
    begin: async () => {
      if (!works) throw new Error('not now');
    },
  });
  const id = await accepted();
  tracker.start();
  await clock.advance(12 * SECOND);
  expect(watches).toHaveLength(3);
  expect(open()).toEqual([]);
  works = true;
  await clock.advance(30 * SECOND);
  expect(open()).toHaveLength(1);
  expect(new Set(aws.gaps(id))).toEqual(new Set([5 * SECOND]));
});

test.each([
  ['the window closes', 'stop'],
  ['nobody wants to know any more', 'stopWatching'],
] as const)('a watch ends when %s', async (_, how) => {
  const { clock, tracker, accepted, open } = await watched(() => goingOn);
  const id = await accepted();
  tracker.start();
  await clock.advance(SECOND);
  expect(open()).toHaveLength(1);
  const over = tracker[how](id);
  await clock.advance(SECOND);
  await over;
  expect(open()).toEqual([]);
});
