/** Splits work that arrives all at once into slices of a few milliseconds, so that the thread stays free for others. */

/** Milliseconds of work in one turn of the event loop. */
const TURN_MS = 4;

export class Turns {
  private readonly waiting: (() => void)[] = [];
  /** Time at which the work of this turn began; undefined before the first work. */
  private began: number | undefined;

  /**
   * Does the work in this turn of the event loop if there is time, otherwise in a later one; in the order of the calls.
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
