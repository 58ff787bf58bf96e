/** Answers that are asked for often and change seldom: each is requested once, shared while under way, and kept a while. */
import type { Clock } from '../../model/clock';
import { failureOf } from '../../model/failure';
import type { OptionalRead, ReadFailure } from '../../plan/optional-read';

/** AWS publishes releases about weekly, versions every few months; milliseconds. */
const SELDOM = 3_600_000;

interface Entry<T, Why> {
  readonly at: number;
  readonly answer: Promise<OptionalRead<T, Why>>;
}

/** What AWS refuses is kept like an answer, so that a tree of many rows asks once; what it did not answer is not. */
export class TtlCache<T, Why extends { readonly code: string } = ReadFailure> {
  private readonly entries = new Map<string, Entry<T, Why>>();

  /** @param keptMs for how long an answer is kept. */
  constructor(
    private readonly clock: Clock,
    private readonly keptMs = SELDOM,
  ) {}

  async get(
    key: string,
    read: () => Promise<OptionalRead<T, Why>>,
    signal: AbortSignal,
  ): Promise<OptionalRead<T, Why>> {
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

  /** Drops everything, so that whoever asks next asks AWS. */
  forget(): void {
    this.entries.clear();
  }

  private fresh(key: string): Promise<OptionalRead<T, Why>> | undefined {
    const entry = this.entries.get(key);
    return entry && this.clock.now() - entry.at < this.keptMs ? entry.answer : undefined;
  }

  private request(key: string, read: () => Promise<OptionalRead<T, Why>>): Promise<OptionalRead<T, Why>> {
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
