/** A clock that tests move by hand, so that hours of waiting take milliseconds and happen in one known order. */
import { access } from 'node:fs';
import type { Clock } from '../src/model/clock';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Turns of the event loop without file work after which nothing more is expected to happen by itself. */
const QUIET_TURNS = 4;

export class VirtualClock implements Clock {
  #now: number;
  #setBackBy = 0;
  readonly #sleepers = new Set<Sleeper>();

  /** `start`: epoch milliseconds. */
  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now - this.#setBackBy;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const stop = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason);
      };
      const sleeper: Sleeper = {
        at: this.#now + Math.max(0, ms),
        wake: () => {
          signal.removeEventListener('abort', stop);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  /** Sets the time without waking anybody on the way, as when a laptop sleeps or the wall clock is corrected. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Sets the wall clock back. Who sleeps is woken after as long as before: timers do not go by it. */
  setBack(ms: number): void {
    this.#setBackBy += ms;
  }

  /** Moves the time on by `ms`, waking every sleeper at its time and letting it do all that it can before the next. */
  async advance(ms: number): Promise<void> {
    await this.runUntil(() => false, ms);
  }

  /** Moves the time on until the condition holds; resolves to whether it did within `ms`. */
  async runUntil(condition: () => boolean, ms: number): Promise<boolean> {
    const end = this.#now + ms;
    await this.settle();
    while (!condition()) {
      const next = this.#earliest();
      if (next === undefined || next.at > end) {
        this.#now = Math.max(this.#now, end);
        return condition();
      }
      this.#sleepers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await this.settle();
    }
    return true;
  }

  /** Lets promises and file work that are under way come to rest. Network answers are not waited for. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq') || name === 'CloseReq')) {
        quiet = -1;
        // Its own file work ends when that of others has had its turn: turns that only ask again would cost a core.
        await new Promise((resolve) => access('.', resolve));
      }
    }
  }

  /** Of sleepers with the same time the one that lay down first. */
  #earliest(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (first === undefined || sleeper.at < first.at) first = sleeper;
    }
    return first;
  }
}
