/**
 * Work that is done once for all callers who want its result at the same time, and aborted when the signals
 * of all of them have aborted.
 */
import { untilAborted } from './waiting';

interface Round<T> {
  readonly result: Promise<T>;
  readonly control: AbortController;
  waiting: number;
}

export class SharedWork<T> {
  private round: Round<T> | undefined;

  /** @param work its signal aborts when the signals of all callers of {@link join} have aborted */
  constructor(private readonly work: (signal: AbortSignal) => Promise<T>) {}

  /** Joins the work under way, or starts it. Rejects with the signal's reason or with the error of the work. */
  async join(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    this.round ??= this.start();
    const round = this.round;
    round.waiting += 1;
    const leave = (): void => {
      round.waiting -= 1;
      if (round.waiting > 0) return;
      this.over(round);
      round.control.abort(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await untilAborted(round.result, signal);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** As {@link join}, but neither starts the work nor keeps it running; undefined if no work is under way. */
  attend(signal: AbortSignal): Promise<T> | undefined {
    return this.round && untilAborted(this.round.result, signal);
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
