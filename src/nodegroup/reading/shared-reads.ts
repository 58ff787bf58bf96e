/**
 * Answers that are needed often and change seldom: one request serves all callers, and its answer is kept for a while.
 */
import { TtlCache } from '../../model/cache';
import type { Clock } from '../../model/clock';
import { failureOf } from '../../model/failure';
import type { OptionalRead, ReadFailure } from '../../plan/optional-read';

/**
 * Milliseconds for which an answer is kept by default. AWS publishes releases about weekly, and versions
 * every few months.
 */
const SELDOM = 3_600_000;

/**
 * Keeps the results of reads. The reason why a value is not known is kept like a value, so that a tree of many rows
 * asks only once; only the reason `unanswered` and thrown errors are not kept.
 */
export class SharedReads<T, Why extends { readonly code: string } = ReadFailure> {
  private readonly answers: TtlCache<Promise<OptionalRead<T, Why>>>;

  /** @param keptMs milliseconds for which an answer is kept */
  constructor(clock: Clock, keptMs = SELDOM) {
    this.answers = new TtlCache(clock, keptMs);
  }

  async get(
    key: string,
    read: () => Promise<OptionalRead<T, Why>>,
    signal: AbortSignal,
  ): Promise<OptionalRead<T, Why>> {
    for (;;) {
      try {
        return await (this.answers.get(key) ?? this.request(key, read));
      } catch (thrown) {
        signal.throwIfAborted();
        // The caller that sent the shared request was cancelled, and the request with it. This caller was not
        // cancelled, so it asks again.
        if (failureOf(thrown).kind !== 'cancelled') throw thrown;
      }
    }
  }

  /** Drops all answers, so that the next callers ask AWS. */
  forget(): void {
    this.answers.clear();
  }

  private request(key: string, read: () => Promise<OptionalRead<T, Why>>): Promise<OptionalRead<T, Why>> {
    const answer = read();
    this.answers.set(key, answer);
    const drop = (): void => {
      if (this.answers.get(key) === answer) this.answers.delete(key);
    };
    answer.then((found) => {
      if (!found.known && found.why.code === 'unanswered') drop();
    }, drop);
    return answer;
  }
}
