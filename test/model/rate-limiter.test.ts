import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { bypass, type Gate, RateLimiter } from '../../src/model/rate-limiter';
import { VirtualClock } from '../virtual-clock';

const LIMITS = { burst: 20, perSecond: 10, concurrency: 8, background: { reserve: 12, concurrency: 4 } };
const never = new AbortController().signal;
setMaxListeners(0, never);

/** Sends `count` requests that take `ms` each, and notes when each one went out, in milliseconds from now. */
function send(budget: Gate, clock: VirtualClock, count: number, ms: number): number[] {
  const start = clock.now();
  const sent: number[] = [];
  for (let n = 0; n < count; n++) {
    void budget.enter(never).then(async (leave) => {
      sent.push(clock.now() - start);
      await clock.sleep(ms, never);
      leave();
    });
  }
  return sent;
}

describe('a budget', () => {
  it('lets a burst out at once and the rest at its rate', async () => {
    const clock = new VirtualClock();
    const sent = send(new RateLimiter({ ...LIMITS, concurrency: 100 }, clock), clock, 50, 0);
    await clock.advance(10_000);
    expect(sent).toHaveLength(50);
    expect(sent.filter((at) => at === 0)).toHaveLength(20);
    expect(sent.slice(20)).toEqual(Array.from({ length: 30 }, (_, n) => (n + 1) * 100));
  });

  it('lets four out in one turn of the event loop, for whoever types meanwhile', async () => {
    const clock = new VirtualClock();
    const sent = send(new RateLimiter({ ...LIMITS, concurrency: 100 }, clock), clock, 20, 0);
    const turns = [];
    for (let turn = 0; turn < 5; turn++) {
      await Promise.resolve();
      turns.push(sent.length);
      await new Promise(setImmediate);
    }
    expect(turns).toEqual([4, 8, 12, 16, 20]);
  });

  it('never has more requests out than may be', async () => {
    const clock = new VirtualClock();
    const sent = send(new RateLimiter(LIMITS, clock), clock, 20, 1_000);
    await clock.advance(500);
    expect(sent).toHaveLength(8);
    await clock.advance(10_000);
    expect(sent).toHaveLength(20);
  });

  it('fills up again while nobody asks, up to the burst', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter({ ...LIMITS, concurrency: 100 }, clock);
    send(budget, clock, 20, 0);
    await clock.advance(3_600_000);
    const sent = send(budget, clock, 21, 0);
    await clock.settle();
    expect(sent).toHaveLength(20);
  });

  it('serves in the order of asking, without those who left', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter({ ...LIMITS, burst: 1, perSecond: 1, concurrency: 1 }, clock);
    const served: string[] = [];
    const enter = (name: string, signal: AbortSignal) =>
      budget.enter(signal).then((leave) => {
        served.push(name);
        leave();
      });
    const leaving = new AbortController();
    const first = enter('first', never);
    const second = enter('second', leaving.signal);
    const third = enter('third', never);
    leaving.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    await clock.advance(1_000);
    await Promise.all([first, third]);
    expect(served).toEqual(['first', 'third']);
  });

  it('spends nothing on a request that was given up while it waited', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter({ ...LIMITS, burst: 1, perSecond: 1, concurrency: 9 }, clock);
    const leaving = new AbortController();
    setMaxListeners(0, leaving.signal);
    send(budget, clock, 1, 0);
    const gone = Array.from({ length: 50 }, () => budget.enter(leaving.signal).catch(() => 'gone'));
    leaving.abort();
    await Promise.all(gone);
    const sent = send(budget, clock, 1, 0);
    await clock.advance(1_000);
    expect(sent).toEqual([1_000]);
  });

  it('goes at half its rate after a throttling, and recovers', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter({ ...LIMITS, concurrency: 1_000 }, clock);
    budget.throttled(clock.now());
    const sent = send(budget, clock, 1_000, 0);
    await clock.advance(1_000);
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(sent.length).toBeLessThanOrEqual(6);
    await clock.advance(29_000);
    const before = sent.length;
    await clock.advance(1_000);
    expect(sent.length - before).toBe(10);
  });

  it('is slowed once by requests that were throttled together', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter(LIMITS, clock);
    const sentAt = clock.now();
    await clock.advance(200);
    for (let n = 0; n < 8; n++) budget.throttled(sentAt);
    const sent = send(budget, clock, 100, 0);
    await clock.advance(2_000);
    expect(sent.length).toBeGreaterThanOrEqual(9);
  });

  it('lets nobody through while the service wants to be left alone, not even for the longest of several rests', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(LIMITS, clock);
    limiter.throttled(clock.now(), 5_000);
    limiter.background.throttled(clock.now() - 1, 8_000);
    const sent = send(limiter, clock, 1, 0);
    await clock.advance(7_999);
    expect(sent).toEqual([]);
    await clock.advance(1_000);
    expect(sent).toHaveLength(1);
  });

  it('rests no longer when the wall clock is set back', async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(LIMITS, clock);
    limiter.throttled(clock.now(), 5_000);
    clock.setBack(3_600_000);
    const sent = send(limiter, clock, 1, 0);
    await clock.advance(6_000);
    expect(sent).toHaveLength(1);
  });

  it('never comes to a standstill', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter(LIMITS, clock);
    for (let n = 0; n < 40; n++) budget.throttled(clock.now() + n);
    const sent = send(budget, clock, 1, 0);
    await clock.advance(2_000);
    expect(sent).toHaveLength(1);
  });

  it('goes on at its rate when the wall clock is set back', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter({ ...LIMITS, concurrency: 100 }, clock);
    send(budget, clock, LIMITS.burst, 0);
    await clock.settle();
    clock.setBack(3_600_000);
    const sent = send(budget, clock, LIMITS.burst, 0);
    await clock.advance(1_000);
    expect(sent).toHaveLength(LIMITS.perSecond);
  });

  it('sends those who wait away when it closes', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter({ ...LIMITS, burst: 1, perSecond: 1, concurrency: 1 }, clock);
    await budget.enter(never);
    const waiting = budget.enter(never);
    budget.close();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(budget.enter(never)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('requests in the background', () => {
  it('leave a reserve, so that a user who asks while they wait is served at once', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter(LIMITS, clock);
    const behind = send(budget.background, clock, 1_000, 80);
    await clock.advance(60_000);
    expect(behind.filter((at) => at < 1_000)).toHaveLength(LIMITS.burst - LIMITS.background.reserve + 9);
    const asked = send(budget, clock, LIMITS.background.reserve, 80);
    await clock.advance(80);
    expect(asked.filter((at) => at === 0)).toHaveLength(LIMITS.concurrency - 1);
    await clock.advance(80);
    expect(asked).toHaveLength(LIMITS.background.reserve);
  });

  it('wait until the reserve is there again', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter(LIMITS, clock);
    const asked = send(budget, clock, LIMITS.burst, 0);
    const behind = send(budget.background, clock, 1, 0);
    await clock.advance(10_000);
    expect(asked).toHaveLength(LIMITS.burst);
    expect(behind).toEqual([1_000 * ((LIMITS.background.reserve + 1) / LIMITS.perSecond)]);
  });

  it('never have more out than may be', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter({ ...LIMITS, background: { reserve: 0, concurrency: 4 } }, clock);
    expect(send(budget.background, clock, 20, 1_000)).toHaveLength(0);
    await clock.settle();
    const asked = send(budget, clock, 20, 1_000);
    await clock.settle();
    expect(asked).toHaveLength(LIMITS.concurrency - 4);
  });

  it('are sent away when the budget closes', async () => {
    const budget = new RateLimiter({ ...LIMITS, burst: 1 }, new VirtualClock());
    const waiting = budget.background.enter(never);
    budget.close();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a bypass', () => {
  it('lets everything through at once, and slows the budget that it goes around', async () => {
    const clock = new VirtualClock();
    const budget = new RateLimiter({ ...LIMITS, concurrency: 100 }, clock);
    const following = bypass(budget);
    await Promise.all(Array.from({ length: 500 }, () => following.enter(never)));
    following.throttled(clock.now());
    const sent = send(budget, clock, 20, 0);
    await clock.settle();
    expect(sent).toHaveLength(0);
  });

  it('lets nobody through who was cancelled', async () => {
    const following = bypass(new RateLimiter(LIMITS, new VirtualClock()));
    await expect(following.enter(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});
