/** Connections whose credentials were refused: their operations are not polled, except for an occasional try. */

/**
 * Milliseconds between two tries with refused credentials, in case the user has logged in or entered a code
 * elsewhere.
 */
const TRY_MS = 60_000;

/**
 * Remembers which connections are paused, and when the next try with each is allowed. All times are milliseconds of the
 * schedule's clock, a `SteadyClock`.
 */
export class PausedConnections {
  /** The earliest time of the next try, by connection. */
  private readonly tries = new Map<string, number>();
  /** The time of the last {@link resume}, by connection. */
  private readonly resumedAt = new Map<string, number>();

  /** The time of the next try with the connection; undefined if the connection is not paused. */
  tryAt(connectionId: string): number | undefined {
    return this.tries.get(connectionId);
  }

  /**
   * Records that a try begins: unless it succeeds, the next one with this connection has to wait. Does
   * nothing if the connection is not paused.
   */
  trying(connectionId: string, now: number): void {
    if (this.tries.has(connectionId)) this.tries.set(connectionId, now + TRY_MS);
  }

  /**
   * Pauses the connection because a poll that began at `startedAt` was refused. A poll that began before the
   * last {@link resume} changes nothing. Returns true if the user has to be asked for credentials: only at
   * the first refusal of each pause.
   */
  refused(connectionId: string, startedAt: number, now: number): boolean {
    if (startedAt < (this.resumedAt.get(connectionId) ?? 0)) return false;
    const isFirst = !this.tries.has(connectionId);
    this.tries.set(connectionId, now + TRY_MS);
    return isFirst;
  }

  /** Ends the pause: the credentials work, or may work now because the user has acted. */
  resume(connectionId: string, now: number): void {
    this.resumedAt.set(connectionId, now);
    this.tries.delete(connectionId);
  }
}
