/** The keys of one connection: resolved once for all who wait for them, so that nobody is asked for a code twice. */
import type { Clock } from '../../model/clock';
import type { AwsKeys } from '../client-config';
import { SharedWork } from '../shared-work';

/** Keys are resolved anew when they are valid for less than this. */
const REFRESH_BEFORE_MS = 5 * 60_000;

export class SharedKeys {
  private readonly resolving: SharedWork<AwsKeys>;
  private known: AwsKeys | undefined;

  /** @param resolve its signal is aborted when nobody waits any more. */
  constructor(
    resolve: (signal: AbortSignal) => Promise<AwsKeys>,
    private readonly clock: Clock,
  ) {
    this.resolving = new SharedWork(async (signal) => {
      const keys = await resolve(signal);
      this.known = keys;
      return keys;
    });
  }

  /** Rejects with the signal's reason or with what `resolve` threw. */
  async get(signal: AbortSignal): Promise<AwsKeys> {
    signal.throwIfAborted();
    if (this.known !== undefined && !this.expiresSoon(this.known)) return this.known;
    return await this.resolving.join(signal);
  }

  /** Forgets the keys: the next one who asks has them resolved anew. */
  invalidate(): void {
    this.known = undefined;
  }

  private expiresSoon({ expiration }: AwsKeys): boolean {
    return expiration !== undefined && expiration.getTime() - this.clock.now() < REFRESH_BEFORE_MS;
  }
}
