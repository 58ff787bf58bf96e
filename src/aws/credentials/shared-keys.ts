/** The keys of one connection, resolved once for all callers, so that the user is not asked for a code twice. */
import type { Clock } from '../../model/clock';
import { SharedWork } from '../../model/shared-work';
import type { AwsKeys } from '../client-config';

/**
 * Milliseconds. Keys that expire within this time are resolved again, unless they were resolved less than
 * `FRESH_MS` ago.
 */
const REFRESH_BEFORE_MS = 5 * 60_000;
/**
 * Milliseconds. Keys that were resolved less than this long ago are kept as long as they are valid: AWS would
 * not issue keys that are valid for longer.
 */
const FRESH_MS = 60_000;

export class SharedKeys {
  private readonly asking: SharedWork<AwsKeys>;
  private readonly silent: SharedWork<AwsKeys>;
  private known: AwsKeys | undefined;
  private resolvedAt = 0;

  /**
   * @param resolve resolves the keys; `signal` aborts when no caller waits any more, and `mayAsk` tells whether
   * the user may be asked
   */
  constructor(
    resolve: (signal: AbortSignal, mayAsk: boolean) => Promise<AwsKeys>,
    private readonly clock: Clock,
  ) {
    const work = (mayAsk: boolean) =>
      new SharedWork(async (signal) => {
        const keys = await resolve(signal, mayAsk);
        this.known = keys;
        this.resolvedAt = clock.now();
        return keys;
      });
    this.asking = work(true);
    this.silent = work(false);
  }

  /**
   * The keys. They are resolved first if none are known or the known keys expire soon. Rejects with the
   * signal's reason or with the error of `resolve`.
   */
  async get(signal: AbortSignal): Promise<AwsKeys> {
    signal.throwIfAborted();
    if (this.known !== undefined && this.isGood(this.known)) return this.known;
    return await this.asking.join(signal);
  }

  /**
   * As {@link get}, but the user is not asked for a code, so credentials that need one fail (`mfa`). If another
   * caller has already asked the user, this caller waits for the answer, but does not keep the question open by
   * itself.
   */
  async getSilently(signal: AbortSignal): Promise<AwsKeys> {
    signal.throwIfAborted();
    if (this.known !== undefined && this.isGood(this.known)) return this.known;
    try {
      const asked = await this.asking.attend(signal);
      if (asked !== undefined) return asked;
    } catch {
      // The attempt that this caller waited for has failed, for example because the caller that asked has left or
      // the user has dismissed the question. The keys may still be available without a question.
      signal.throwIfAborted();
    }
    return await this.silent.join(signal);
  }

  /** True if `get` would return keys at once. */
  get areAtHand(): boolean {
    return this.known !== undefined && this.isGood(this.known);
  }

  /** Drops the keys: the next caller resolves them again. */
  invalidate(): void {
    this.known = undefined;
  }

  private isGood({ expiration }: AwsKeys): boolean {
    if (expiration === undefined) return true;
    const now = this.clock.now();
    const left = expiration.getTime() - now;
    return left > REFRESH_BEFORE_MS || (left > 0 && now - this.resolvedAt < FRESH_MS);
  }
}
