/** Work that is done once for all who want its result at the same time, and given up when nobody does any more. */

interface Round<T> {
  readonly result: Promise<T>;
  readonly control: AbortController;
  waiting: number;
}

export class SharedWork<T> {
  private round: Round<T> | undefined;

  /** @param work its signal is aborted when the last one who waits leaves. */
  constructor(private readonly work: (signal: AbortSignal) => Promise<T>) {}

  /** Joins the work under way, or starts it. Rejects with the signal's reason or with what the work threw. */
  join(signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      this.round ??= this.start();
      const round = this.round;
      round.waiting += 1;
      const leave = (): void => {
        round.waiting -= 1;
        if (round.waiting === 0) {
          this.over(round);
          round.control.abort(signal.reason);
        }
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      round.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  private start(): Round<T> {
    const control = new AbortController();
    const round: Round<T> = { result: this.work(control.signal), control, waiting: 0 };
    const over = (): void => this.over(round);
    round.result.then(over, over);
    return round;
  }

  private over(round: Round<T>): void {
    if (this.round === round) this.round = undefined;
  }
}
