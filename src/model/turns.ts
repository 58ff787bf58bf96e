/**
 * Spreads work that arrives all at once over several turns of the event loop, so that other work on the
 * thread is not delayed.
 */

/** After this many milliseconds of work, no more work begins in the same turn of the event loop. */
const TURN_MS = 4;

/** Spreads pieces of synchronous work over turns of the event loop, a few milliseconds of work in each. */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  /** Time (`performance.now()`) at which the work of this turn began; undefined if none has begun. */
  private began: number | undefined;

  /**
   * Calls `work` in this turn of the event loop if there is time, otherwise in a later turn. Work is done in the order
   * of the calls of `run`.
   */
  run<T>(work: () => T): T | Promise<T> {
    if (this.waiting.length === 0 && this.isTimeLeft()) return work();
    return new Promise((resolve, reject) => {
      this.waiting.push(() => {
        try {
          resolve(work());
        } catch (thrown) {
          reject(thrown);
        }
      });
    });
  }

  private isTimeLeft(): boolean {
    const now = performance.now();
    if (this.began === undefined) {
      this.began = now;
      setImmediate(() => this.nextTurn());
    }
    return now - this.began < TURN_MS;
  }

  private nextTurn(): void {
    this.began = undefined;
    let done = 0;
    while (done < this.waiting.length && this.isTimeLeft()) {
      this.waiting[done]?.();
      done += 1;
    }
    this.waiting.splice(0, done);
  }
}

/**
 * Limits the number of pieces of asynchronous work that begin in one turn, not their time, which cannot be
 * measured.
 */
export class TurnQuota {
  private begun = 0;

  /** @param nextTurn called in the turn after each turn in which {@link take} was called */
  constructor(
    private readonly most: number,
    private readonly nextTurn: () => void,
  ) {}

  /** Counts one more piece of work and returns true; false if no more work may begin in this turn. */
  take(): boolean {
    if (this.begun === 0) setImmediate(() => this.startOver());
    if (this.begun === this.most) return false;
    this.begun += 1;
    return true;
  }

  private startOver(): void {
    this.begun = 0;
    this.nextTurn();
  }
}

/** Lets callers through in the order in which they come, at most `most` in one turn of the event loop. */
export class Turnstile {
  private readonly waiting: (() => void)[] = [];
  private readonly quota: TurnQuota;

  constructor(most: number) {
    this.quota = new TurnQuota(most, () => this.letThrough());
  }

  /** Resolves at once if there is room in this turn, otherwise in a later turn. */
  pass(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.letThrough();
    });
  }

  private letThrough(): void {
    while (this.waiting.length > 0 && this.quota.take()) this.waiting.shift()?.();
  }
}
