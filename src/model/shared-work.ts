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
  async join(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    this.round ??= this.start();
    const round = this.round;
    round.waiting += 1;
    return await resultOf(round, signal, () => {
      round.waiting -= 1;
      if (round.waiting > 0) return;
      this.over(round);
      round.control.abort(signal.reason);
    });
  }

  /** As {@link join}, but without starting the work or keeping it going; undefined when there is none under way. */
  attend(signal: AbortSignal): Promise<T> | undefined {
    return this.round && resultOf(this.round, signal, () => undefined);
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

/** What comes of the round, for one who may leave before. */
function resultOf<T>({ result }: Round<T>, signal: AbortSignal, left: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      left();
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
