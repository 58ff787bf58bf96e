/** Waits end with their signals, and calls are made later: once, and never when they were stopped. */
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { abortGracePeriod, Debouncer, sleepUntilAborted, Timer, untilAborted } from '../../src/model/waiting';
import { VirtualClock } from '../virtual-clock';

const forever = new AbortController().signal;

test('a result is waited for until the signal aborts, and nothing listens to the signal afterwards', async () => {
  const stop = new AbortController();
  expect(await untilAborted(Promise.resolve('done'), stop.signal)).toBe('done');
  await expect(untilAborted(Promise.reject(new Error('failed')), stop.signal)).rejects.toThrow('failed');
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  const left = untilAborted(new Promise(() => undefined), stop.signal);
  stop.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  await expect(untilAborted(Promise.resolve('done'), stop.signal)).rejects.toThrow('left');
});

test('an abort ends a sleep early, and what else goes wrong is thrown', async () => {
  const clock = new VirtualClock();
  const stop = new AbortController();
  const whole = sleepUntilAborted(clock, 100, stop.signal);
  const early = sleepUntilAborted(clock, 101, stop.signal);
  await clock.advance(100);
  stop.abort();
  expect(await Promise.all([whole, early])).toEqual([true, false]);
  const broken = { now: () => 0, sleep: () => Promise.reject(new Error('broken')) };
  await expect(sleepUntilAborted(broken, 1, forever)).rejects.toThrow('broken');
});

test('a timer acts once, at the time of its first start or its last restart', async () => {
  const clock = new VirtualClock(0);
  const acted: number[] = [];
  const timer = new Timer(clock, () => acted.push(clock.now()));
  timer.start(100);
  await clock.advance(50);
  timer.start(100);
  expect(timer.isRunning).toBe(true);
  await clock.advance(1_000);
  expect(acted).toEqual([100]);
  expect(timer.isRunning).toBe(false);
  timer.restart(100);
  await clock.advance(50);
  timer.restart(100);
  await clock.advance(1_000);
  expect(acted).toEqual([100, 1_200]);
});

test('a timer that was stopped acts no more, and one that was disposed of cannot be started', async () => {
  const clock = new VirtualClock(0);
  const acted: number[] = [];
  const timer = new Timer(clock, () => acted.push(clock.now()));
  timer.start(100);
  timer.stop();
  await clock.advance(1_000);
  expect(acted).toEqual([]);
  timer.start(100);
  timer.dispose();
  timer.start(100);
  timer.restart(100);
  await clock.advance(1_000);
  expect(acted).toEqual([]);
});

test('of many requests about one thing the latest is carried out, after the quiet', async () => {
  const clock = new VirtualClock();
  const debouncer = new Debouncer(clock, 250);
  const done: string[] = [];
  for (let key = 0; key < 50; key += 1) {
    debouncer.ask('a', () => done.push(`a${key}`));
    await clock.advance(100);
  }
  debouncer.ask('b', () => done.push('b'));
  expect(done).toEqual([]);
  await clock.advance(250);
  expect(done).toEqual(['a49', 'b']);
  await clock.advance(10_000);
  expect(done).toEqual(['a49', 'b']);
});

test('requests that are dropped, or disposed of, are not carried out', async () => {
  const clock = new VirtualClock();
  const debouncer = new Debouncer(clock, 250);
  const done: string[] = [];
  debouncer.ask('a', () => done.push('a'));
  debouncer.ask('b', () => done.push('b'));
  debouncer.drop('a');
  await clock.advance(250);
  expect(done).toEqual(['b']);
  debouncer.ask('c', () => done.push('c'));
  debouncer.dispose();
  await clock.advance(250);
  expect(done).toEqual(['b']);
});

test('an answer has ten seconds to arrive after the abort', async () => {
  const clock = new VirtualClock();
  const stop = new AbortController();
  const [ended, late] = [abortGracePeriod(stop.signal, clock), abortGracePeriod(stop.signal, clock)];
  stop.abort();
  await clock.advance(9_999);
  ended.end();
  expect(late.signal.aborted).toBe(false);
  await clock.advance(1);
  expect([ended.signal.aborted, late.signal.aborted]).toEqual([false, true]);
});
