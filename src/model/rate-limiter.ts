/**
 * Limits the rate of requests to one service: a burst, then a steady rate, which is lower for a while after throttling.
 * Requests for users come first.
 */
import type { Clock } from './clock';
import { TurnQuota } from './turns';
import { sleepUntilAborted, Timer } from './waiting';

/** Decides when a request may be sent. */
export interface Gate {
  /**
   * Resolves when a request may be sent, with a function to call when the request has ended. Rejects with the
   * signal's reason if the signal aborts first.
   */
  enter(signal: AbortSignal): Promise<() => void>;
  /**
   * Reports that the service throttled a request that was sent at `sentAt` (epoch milliseconds). `restMs`:
   * milliseconds for which the service wants no requests at all.
   */
  throttled(sentAt: number, restMs?: number): void;
}

export interface RateLimits {
  /** Requests that may be sent at once after a pause. */
  readonly burst: number;
  /** Requests per second after the burst. */
  readonly perSecond: number;
  /** Requests that may be under way at the same time. */
  readonly concurrency: number;
  /** Stricter limits for background requests, for which no user waits, so that other requests find room. */
  readonly background: {
    /** This many requests of the burst are not available to background requests. */
    readonly reserve: number;
    /** Background requests are sent only while fewer requests than this are under way. */
    readonly concurrency: number;
  };
}

/** A limiter is back at its full rate at most this many milliseconds after the last throttling. */
const RECOVERY_MS = 30_000;
const SLOWEST_SHARE = 1 / 20;
/**
 * The most requests that are sent in one turn of the event loop: the SDK needs half a millisecond to build
 * and sign a request, or two milliseconds while its code is not yet compiled.
 */
const IN_ONE_TURN = 4;

interface Waiter {
  start(): void;
  leave(reason: unknown): void;
}

/** A token bucket with two queues, each first come, first served; background requests give way to the others. */
export class RateLimiter implements Gate {
  /** The gate for requests that no user waits for. */
  readonly background: Gate = {
    enter: (signal) => this.queue(this.patient, signal),
    throttled: (sentAt, restMs) => this.throttled(sentAt, restMs),
  };

  private readonly waiting: Waiter[] = [];
  private readonly patient: Waiter[] = [];
  private readonly ended = new AbortController();
  private tokens: number;
  private rate: number;
  private countedAt: number;
  private slowedAt = Number.NEGATIVE_INFINITY;
  /** Number of pauses that the service asked for and that have not ended. */
  private rests = 0;
  private running = 0;
  private readonly turn = new TurnQuota(IN_ONE_TURN, () => this.pump());
  /** Fires when there are enough tokens for the next waiting request. */
  private readonly wake: Timer;

  constructor(
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {
    this.tokens = limits.burst;
    this.rate = limits.perSecond;
    this.countedAt = clock.now();
    this.wake = new Timer(clock, () => this.pump());
  }

  enter(signal: AbortSignal): Promise<() => void> {
    return this.queue(this.waiting, signal);
  }

  /**
   * Halves the rate, but not below {@link SLOWEST_SHARE} of the full rate, and takes away all tokens. Several
   * throttled requests that were under way together halve the rate only once.
   */
  throttled(sentAt: number, restMs = 0): void {
    if (restMs > 0) this.rest(restMs);
    if (sentAt < this.slowedAt) return;
    this.count();
    this.slowedAt = this.clock.now();
    this.rate = Math.max(this.limits.perSecond * SLOWEST_SHARE, this.rate / 2);
    this.tokens = 0;
  }

  /** Admits no more requests; those that wait are rejected with an `AbortError`. */
  close(): void {
    this.ended.abort();
    this.wake.dispose();
    for (const queue of [this.waiting, this.patient])
      for (const waiter of queue.splice(0)) waiter.leave(this.ended.signal.reason);
  }

  private queue(queue: Waiter[], signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      this.ended.signal.throwIfAborted();
      const giveUp = (): void => {
        queue.splice(queue.indexOf(waiter), 1);
        waiter.leave(signal.reason);
      };
      const waiter: Waiter = {
        start: () => {
          signal.removeEventListener('abort', giveUp);
          resolve(this.oneRunning());
        },
        leave: reject,
      };
      signal.addEventListener('abort', giveUp, { once: true });
      queue.push(waiter);
      this.pump();
    });
  }

  private oneRunning(): () => void {
    this.running += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.running -= 1;
      this.pump();
    };
  }

  private pump(): void {
    this.wake.stop();
    while (this.rests === 0) {
      const { concurrency, background } = this.limits;
      const isUrgent = this.waiting.length > 0;
      const queue = isUrgent ? this.waiting : this.patient;
      if (queue.length === 0 || this.running >= (isUrgent ? concurrency : background.concurrency)) return;
      this.count();
      const missing = (isUrgent ? 1 : 1 + background.reserve) - this.tokens;
      if (missing > 0) {
        this.wake.start(Math.ceil((missing / this.rate) * 1000));
        return;
      }
      if (!this.turn.take()) return;
      this.tokens -= 1;
      queue.shift()?.start();
    }
  }

  private rest(ms: number): void {
    this.rests += 1;
    void sleepUntilAborted(this.clock, ms, this.ended.signal).then((isOver) => {
      if (!isOver) return;
      this.rests -= 1;
      this.pump();
    });
  }

  private count(): void {
    const now = this.clock.now();
    // If the wall clock was set back, no tokens are added and none removed.
    const elapsed = Math.max(0, now - this.countedAt);
    this.countedAt = now;
    this.rate = Math.min(this.limits.perSecond, this.rate + (elapsed / RECOVERY_MS) * this.limits.perSecond);
    this.tokens = Math.min(this.limits.burst, this.tokens + (elapsed / 1000) * this.rate);
  }
}

/** A gate that admits every request at once, but reports throttling to `limiter`. */
export function bypass(limiter: Gate): Gate {
  return {
    enter: async (signal) => {
      signal.throwIfAborted();
      return () => undefined;
    },
    throttled: (sentAt, restMs) => limiter.throttled(sentAt, restMs),
  };
}
