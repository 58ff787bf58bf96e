/** How fast one service is asked: a burst, then a steady rate, slower for a while after it throttled; users first. */
import type { Clock } from './clock';
import { sleepUntilAborted, Timer } from './waiting';

/** Lets requests through. */
export interface Gate {
  /**
   * Resolves when a request may go out, with a function to call when the request is over. Rejects with the signal's
   * reason.
   */
  enter(signal: AbortSignal): Promise<() => void>;
  /**
   * The service throttled a request that went out at `sentAt` (epoch milliseconds). `restMs`: how long it asked for no
   * requests from anybody.
   */
  throttled(sentAt: number, restMs?: number): void;
}

export interface RateLimits {
  /** Requests that may go out at once after a pause. */
  readonly burst: number;
  /** Requests a second after that. */
  readonly perSecond: number;
  /** Requests that are out at the same time. */
  readonly concurrency: number;
  /** What background requests, which nobody waits for, leave to the others. */
  readonly background: {
    /** Requests of the burst that are kept for a user. */
    readonly reserve: number;
    /** Background requests go out only while fewer requests than this are out. */
    readonly concurrency: number;
  };
}

/** A throttled limiter is back at its full rate after this time without another throttling. */
const RECOVERY_MS = 30_000;
const SLOWEST_SHARE = 1 / 20;
/** Requests that go out in one turn of the event loop: to build and sign one takes the SDK about half a millisecond. */
const IN_ONE_TURN = 8;

interface Waiter {
  start(): void;
  leave(reason: unknown): void;
}

/** A token bucket with two queues, each first come, first served; background requests yield to the others. */
export class RateLimiter implements Gate {
  /** For requests that nobody waits for. */
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
  /** Number of rests that the service asked for and that are not over yet. */
  private rests = 0;
  private running = 0;
  private startedInThisTurn = 0;
  /** Wakes for the next token. */
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

  /** Halves the rate, once for all requests that were under way together. */
  throttled(sentAt: number, restMs = 0): void {
    if (restMs > 0) this.rest(restMs);
    if (sentAt < this.slowedAt) return;
    this.count();
    this.slowedAt = this.clock.now();
    this.rate = Math.max(this.limits.perSecond * SLOWEST_SHARE, this.rate / 2);
    this.tokens = 0;
  }

  /** Lets nobody through any more; whoever waits is rejected with an `AbortError`. */
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
      if (this.startedInThisTurn === 0) setImmediate(() => this.nextTurn());
      if (this.startedInThisTurn === IN_ONE_TURN) return;
      this.startedInThisTurn += 1;
      this.tokens -= 1;
      queue.shift()?.start();
    }
  }

  private nextTurn(): void {
    this.startedInThisTurn = 0;
    this.pump();
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
    // A wall clock that was set back adds no tokens and takes none away.
    const elapsed = Math.max(0, now - this.countedAt);
    this.countedAt = now;
    this.rate = Math.min(this.limits.perSecond, this.rate + (elapsed / RECOVERY_MS) * this.limits.perSecond);
    this.tokens = Math.min(this.limits.burst, this.tokens + (elapsed / 1000) * this.rate);
  }
}

/** A gate that lets everything through at once, but tells `limiter` when the service throttles. */
export function bypass(limiter: Gate): Gate {
  return {
    enter: async (signal) => {
      signal.throwIfAborted();
      return () => undefined;
    },
    throttled: (sentAt, restMs) => limiter.throttled(sentAt, restMs),
  };
}
