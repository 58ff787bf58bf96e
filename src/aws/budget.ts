/** How fast one service is asked: a burst, then a steady rate, slower for a while after AWS throttled. */
import type { Clock } from '../model/clock';
import type { ServiceName } from '../model/failure';

/** Lets requests through. */
export interface Gate {
  /** Resolves when a request may go out; call what it gives when the request is over. Rejects with the signal's reason. */
  enter(signal: AbortSignal): Promise<() => void>;
  /** AWS throttled a request that went out at `sentAt` (epoch milliseconds). */
  throttled(sentAt: number): void;
}

export interface BudgetLimits {
  /** Requests that may go out at once after a pause. */
  readonly burst: number;
  /** Requests a second after that. */
  readonly perSecond: number;
  /** Requests that are out at the same time. */
  readonly concurrency: number;
}

/** AWS does not publish the rates of its control planes; these are far below what people report. */
const CONTROL_PLANE: BudgetLimits = { burst: 20, perSecond: 10, concurrency: 8 };

/**
 * S3 takes thousands of requests a second for each prefix.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html
 */
const OBJECTS: BudgetLimits = { burst: 100, perSecond: 100, concurrency: 16 };

/** How fast a user's own requests go out. */
export function interactiveLimits(service: ServiceName): BudgetLimits {
  return service === 's3' ? OBJECTS : CONTROL_PLANE;
}

/** A throttled budget is back at its full rate after this time without another throttling. */
const RECOVERY_MS = 30_000;
const SLOWEST_SHARE = 1 / 20;

interface Waiter {
  start(): void;
  leave(reason: unknown): void;
}

/** A token bucket with a queue; first come, first served. */
export class Budget implements Gate {
  private readonly waiting: Waiter[] = [];
  private readonly ended = new AbortController();
  private tokens: number;
  private rate: number;
  private countedAt: number;
  private slowedAt = Number.NEGATIVE_INFINITY;
  private running = 0;
  private asleep = false;

  constructor(
    private readonly limits: BudgetLimits,
    private readonly clock: Clock,
  ) {
    this.tokens = limits.burst;
    this.rate = limits.perSecond;
    this.countedAt = clock.now();
  }

  enter(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      this.ended.signal.throwIfAborted();
      const giveUp = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
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
      this.waiting.push(waiter);
      this.pump();
    });
  }

  /** Halves the rate, once for all requests that were under way together. */
  throttled(sentAt: number): void {
    if (sentAt < this.slowedAt) return;
    this.count();
    this.slowedAt = this.clock.now();
    this.rate = Math.max(this.limits.perSecond * SLOWEST_SHARE, this.rate / 2);
    this.tokens = 0;
  }

  /** Lets nobody through any more; who waits is rejected with an `AbortError`. */
  close(): void {
    this.ended.abort();
    for (const waiter of this.waiting.splice(0)) waiter.leave(this.ended.signal.reason);
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
    while (this.waiting.length > 0 && this.running < this.limits.concurrency && !this.asleep) {
      this.count();
      if (this.tokens < 1) {
        this.pumpIn(Math.ceil(((1 - this.tokens) / this.rate) * 1000));
        return;
      }
      this.tokens -= 1;
      this.waiting.shift()?.start();
    }
  }

  private pumpIn(ms: number): void {
    this.asleep = true;
    this.clock.sleep(ms, this.ended.signal).then(
      () => {
        this.asleep = false;
        this.pump();
      },
      // Closed: it stays asleep.
      () => undefined,
    );
  }

  private count(): void {
    const now = this.clock.now();
    const elapsed = now - this.countedAt;
    this.countedAt = now;
    this.rate = Math.min(this.limits.perSecond, this.rate + (elapsed / RECOVERY_MS) * this.limits.perSecond);
    this.tokens = Math.min(this.limits.burst, this.tokens + (elapsed / 1000) * this.rate);
  }
}

/** Lets everything through at once, and tells `budget` when AWS throttles: it is the same service that groans. */
export function bypass(budget: Gate): Gate {
  return {
    enter: async (signal) => {
      signal.throwIfAborted();
      return () => undefined;
    },
    throttled: (sentAt) => budget.throttled(sentAt),
  };
}
