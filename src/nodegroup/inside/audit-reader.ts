/** Reads refused evictions from the audit log at intervals, for updates whose cluster cannot be reached. */
import { type RefusedEviction, refusedEvictions } from '../../drain/refused-evictions';
import { type Failure, failureOf } from '../../model/failure';
import type { Operation } from '../../operations/operation';
import type { AuditLog } from '../ports';

export type Audited =
  /** Refused evictions among the lines that were read. */
  | { readonly code: 'read'; readonly refused: readonly RefusedEviction[] }
  /** The cluster keeps no audit log. */
  | { readonly code: 'off' }
  | { readonly code: 'unread'; readonly failure: Failure };

/** The shortest time between two reads of the log for one update, in milliseconds. */
const INTERVAL_MS = 30_000;

export class AuditReader {
  private readonly lookedAt = new Map<string, number>();

  constructor(private readonly logOf: (connectionId: string) => Promise<AuditLog>) {}

  /**
   * Reads the evictions that were refused during the operation; undefined while it is too early to read again.
   * Throws only a cancellation.
   * @param now epoch milliseconds
   * @param nextRequest awaited before the log is read
   */
  async read(
    operation: Operation,
    now: number,
    signal: AbortSignal,
    nextRequest: () => Promise<void> = async () => undefined,
  ): Promise<Audited | undefined> {
    const { id, subject, sentAt, createdAt } = operation;
    if (now - (this.lookedAt.get(id) ?? Number.NEGATIVE_INFINITY) < INTERVAL_MS) return undefined;
    this.lookedAt.set(id, now);
    try {
      await nextRequest();
      const log = await this.logOf(subject.connectionId);
      const lines = await log.refusedEvictions(subject.path[0] ?? '', sentAt ?? createdAt, signal);
      return lines ? { code: 'read', refused: refusedEvictions(lines) } : { code: 'off' };
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.kind === 'cancelled') throw thrown;
      return { code: 'unread', failure };
    }
  }

  forget({ id }: Operation): void {
    this.lookedAt.delete(id);
  }
}
