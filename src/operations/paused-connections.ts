/** Connections whose credentials were refused: their operations are not polled, except for a rare try. */

/**
 * How often refused credentials are tried unasked, in case the user has logged in or given a code elsewhere;
 * milliseconds.
 */
const TRY_MS = 60_000;

/** Times are of the schedule's clock. */
export class PausedConnections {
  /** When the next try may be, by connection. */
  private readonly tries = new Map<string, number>();
  private readonly resumedAt = new Map<string, number>();

  /** When an operation of the connection may be polled; undefined while it is not paused. */
  tryAt(connectionId: string): number | undefined {
    return this.tries.get(connectionId);
  }

  /** A try begins, and the next one is a while away, whatever its result. */
  trying(connectionId: string, now: number): void {
    if (this.tries.has(connectionId)) this.tries.set(connectionId, now + TRY_MS);
  }

  /**
   * Pauses the connection after a poll that began at `startedAt`. Returns true if the user is to be asked: once, and
   * not for a poll that began before the user acted.
   */
  refused(connectionId: string, startedAt: number, now: number): boolean {
    if (startedAt < (this.resumedAt.get(connectionId) ?? 0)) return false;
    const isFirst = !this.tries.has(connectionId);
    this.tries.set(connectionId, now + TRY_MS);
    return isFirst;
  }

  /** The credentials work, or the user has acted so that they may. */
  resume(connectionId: string, now: number): void {
    this.resumedAt.set(connectionId, now);
    this.tries.delete(connectionId);
  }
}
