/** What a watch sees is passed on, also after it could not be drawn once. */
import { expect, it, onTestFinished } from 'vitest';
import { ClusterSight } from '../../src/view/resources/inside/cluster-sight';
import { VirtualClock } from '../virtual-clock';

const A_WHILE = 5_000;

function givenSight(changed: (sight: ClusterSight<number>, signal: AbortSignal) => Promise<void>) {
  const clock = new VirtualClock();
  const failures: unknown[] = [];
  let see: (seen: number) => void = () => undefined;
  const sight: ClusterSight<number> = new ClusterSight<number>(
    (tell) => {
      see = tell;
    },
    clock,
    (signal) => changed(sight, signal),
    (thrown) => failures.push(thrown),
  );
  sight.begin();
  onTestFinished(() => sight.end());
  return { sight, clock, failures, see: (seen: number) => see(seen) };
}

it('passes later states on although an earlier one could not be drawn, and says why that was', async () => {
  const drawn: unknown[] = [];
  const broken = new Error('a row could not be made');
  const { clock, failures, see } = givenSight(async ({ now }) => {
    if (now === 1) throw broken;
    drawn.push(now);
  });
  see(1);
  await clock.advance(A_WHILE);
  expect(failures).toEqual([broken]);
  see(2);
  await clock.advance(A_WHILE);
  expect(drawn).toEqual([2]);
});

it('leaves the states of a new watch to that watch, however late the old one is done', async () => {
  const begun: AbortSignal[] = [];
  const done: (() => void)[] = [];
  const { sight, clock, failures, see } = givenSight((_, signal) => {
    begun.push(signal);
    return new Promise((resolve) => done.push(resolve));
  });
  see(1);
  await clock.advance(A_WHILE);
  sight.again();
  see(2);
  await clock.advance(A_WHILE);
  done[0]?.();
  await clock.settle();
  see(3);
  await clock.advance(A_WHILE);
  expect(begun.map(({ aborted }) => aborted)).toEqual([true, false]);
  expect(failures).toEqual([]);
});
