/** The bearer token of one cluster: reused while it is valid, and signed with the time of the cluster's clock. */
import type { Clock } from '../model/clock';
import type { ClusterTokens } from './ports';

/**
 * A token is reused for this many milliseconds. The authenticator accepts it for 14 minutes; the rest allows
 * for slow requests and skewed clocks.
 */
const GOOD_MS = 10 * 60_000;
/**
 * A difference between the cluster's clock and this machine's is ignored unless it exceeds the duration of
 * the request by more than this many milliseconds.
 */
const SKEW_MS = 30_000;
/** Milliseconds by which the estimate of the cluster's clock may change before a new token is signed. */
const RECKONING_MS = 60_000;

export type Sign = Pick<ClusterTokens, 'sign'>;

export interface Token {
  readonly text: string;
  /** Epoch milliseconds of this machine's clock. */
  readonly signedAt: number;
  /** Value of {@link TokenSource.aheadMs} when the token was signed. */
  readonly aheadMs: number;
  /** True if this token replaced a refused one and has not been accepted yet. */
  readonly isSecond: boolean;
}

export class TokenSource {
  private known: Token | undefined;
  /** The estimate of the cluster's clock: milliseconds by which it is ahead of this machine's clock. */
  private aheadMs = 0;

  constructor(
    private readonly cluster: string,
    private readonly clock: Clock,
  ) {}

  /**
   * A token that stays valid for minutes: the present one, or a new one that `by` signs with the caller's
   * keys.
   */
  async get(by: Sign, signal: AbortSignal): Promise<Token> {
    const { known } = this;
    if (known !== undefined && this.isGood(known)) return known;
    return await this.sign(by, false, signal);
  }

  /**
   * A token in place of a refused one: a newer one if there is one already, else one that `by` signs now.
   * Undefined if the refused token was itself such a replacement, and the estimate of the cluster's clock
   * has not changed since: without this limit, Slipway would sign tokens, and ask the user for MFA codes,
   * without end.
   */
  async another(refused: Token, by: Sign, signal: AbortSignal): Promise<Token | undefined> {
    const { known } = this;
    if (known !== undefined && known !== refused && this.isGood(known)) return known;
    if (refused.isSecond && this.isOnTime(refused)) return undefined;
    return await this.sign(by, true, signal);
  }

  /**
   * Called when the cluster has accepted the token: if the token is refused later, another one may be signed.
   */
  accepted(token: Token): void {
    if (this.known === token && token.isSecond) this.known = { ...token, isSecond: false };
  }

  /** Estimates the cluster's time from the `Date` header of an answer that took `tookMs`. */
  heard(date: string | undefined, tookMs: number): void {
    const theirs = Date.parse(date ?? '');
    if (Number.isNaN(theirs)) return;
    const aheadMs = theirs - this.clock.now();
    this.aheadMs = Math.abs(aheadMs) > SKEW_MS + tookMs ? aheadMs : 0;
  }

  private async sign(by: Sign, isSecond: boolean, signal: AbortSignal): Promise<Token> {
    const signedAt = this.clock.now();
    const { aheadMs } = this;
    const text = await by.sign(this.cluster, signedAt + aheadMs, signal);
    this.known = { text, signedAt, aheadMs, isSecond };
    return this.known;
  }

  /**
   * Returns true if the token is still usable. A token whose `signedAt` lies in the future is not usable: the
   * computer's clock was set back.
   */
  private isGood(token: Token): boolean {
    const age = this.clock.now() - token.signedAt;
    return age >= 0 && age < GOOD_MS && this.isOnTime(token);
  }

  /**
   * True if the estimate of the cluster's clock is about the same as when the token was signed. A different
   * estimate in between, as from a single wrong answer, does not matter.
   */
  private isOnTime({ aheadMs }: Token): boolean {
    return Math.abs(aheadMs - this.aheadMs) <= RECKONING_MS;
  }
}
