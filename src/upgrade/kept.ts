/** Answers that are asked for often and change seldom: each is requested once, shared while under way, and kept a while. */
import type { Clock } from '../model/clock';
import { failureOf } from '../model/failure';
import type { Known } from './known';

/** AWS publishes releases about weekly, versions every few months; milliseconds. */
const SELDOM = 3_600_000;

interface Entry<T> {
  readonly at: number;
  readonly answer: Promise<Known<T>>;
}

/** What AWS refuses is kept like an answer, so that a tree of many rows asks once; what it did not answer is not. */
export class Kept<T> {
  private readonly entries = new Map<string, Entry<T>>();

  /** @param keptMs for how long an answer is kept. */
  constructor(
    private readonly clock: Clock,
    private readonly keptMs = SELDOM,
  ) {}

  async get(key: string, read: () => Promise<Known<T>>, signal: AbortSignal): Promise<Known<T>> {
    for (;;) {
      const answer = this.fresh(key) ?? this.request(key, read);
      try {
        return await answer;
      } catch (thrown) {
        signal.throwIfAborted();
        // The caller whose request this one shared has gone away: ask again, for ourselves.
        if (failureOf(thrown).kind !== 'cancelled') throw thrown;
      }
    }
  }

  /** Drops everything, so that the next look asks AWS. */
  forget(): void {
    this.entries.clear();
  }

  private fresh(key: string): Promise<Known<T>> | undefined {
    const entry = this.entries.get(key);
    return entry && this.clock.now() - entry.at < this.keptMs ? entry.answer : undefined;
  }

  private request(key: string, read: () => Promise<Known<T>>): Promise<Known<T>> {
    const answer = read();
    const entry = { at: this.clock.now(), answer };
    this.entries.set(key, entry);
    const drop = (): void => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    };
    answer.then((found) => {
      if (!found.known && found.why.code === 'unanswered') drop();
    }, drop);
    return answer;
  }
}
