/** Reads the details of rows: a few rows at a time, and first those that a user waits for. */
import type { DetailedNode } from './node';
import type { Priority } from './source';

/**
 * The number of rows that are read at the same time: while a user waits, enough for a cluster with its node
 * groups; in the background, few enough to leave room for other work.
 */
const AT_ONCE: Readonly<Record<Priority, number>> = { interactive: 24, background: 8 };

/** Reads one row to the end. It has to handle its own failures: it must not reject. */
export type ReadRow = (row: DetailedNode, priority: Priority, signal: AbortSignal) => Promise<void>;

export class RowReader {
  private readonly queues: Readonly<Record<Priority, Set<DetailedNode>>> = {
    interactive: new Set(),
    background: new Set(),
  };
  private readonly reading = new Map<
    DetailedNode,
    { readonly priority: Priority; readonly stop: AbortController }
  >();
  private readonly count: Record<Priority, number> = { interactive: 0, background: 0 };

  /** @param ended called when a read of a row has ended, even if it was aborted */
  constructor(
    private readonly readRow: ReadRow,
    private readonly ended: (row: DetailedNode) => void,
  ) {}

  /**
   * Reads rows. If a row is already being read, that read is aborted, as it may return old data, and the row
   * is read again. A row that already waits in the queue `interactive` stays in it, whatever `priority` is.
   */
  read(rows: Iterable<DetailedNode>, priority: Priority): void {
    for (const row of rows) {
      const isAwaited = this.queues.interactive.has(row);
      this.stop(row);
      this.queues[isAwaited ? 'interactive' : priority].add(row);
    }
    this.pump();
  }

  /** Moves a row from the background queue to the queue of rows that a user waits for. */
  hasten(row: DetailedNode): void {
    if (!this.queues.background.delete(row)) return;
    this.queues.interactive.add(row);
    this.pump();
  }

  /** Whether a row is being read, or waits to be read. */
  isPending(row: DetailedNode): boolean {
    return this.reading.has(row) || this.queues.interactive.has(row) || this.queues.background.has(row);
  }

  stop(row: DetailedNode): void {
    this.queues.interactive.delete(row);
    this.queues.background.delete(row);
    this.reading.get(row)?.stop.abort();
    this.reading.delete(row);
  }

  dispose(): void {
    for (const queue of Object.values(this.queues)) queue.clear();
    for (const { stop } of this.reading.values()) stop.abort();
    this.reading.clear();
  }

  private pump(): void {
    this.start('interactive');
    // Background reads wait until no interactive read runs: parsing their answers would block the thread that the
    // user's own request needs.
    if (this.count.interactive === 0) this.start('background');
  }

  private start(priority: Priority): void {
    for (const row of this.queues[priority]) {
      if (this.count[priority] >= AT_ONCE[priority]) break;
      this.queues[priority].delete(row);
      void this.readOne(row, priority);
    }
  }

  private async readOne(row: DetailedNode, priority: Priority): Promise<void> {
    const reading = { priority, stop: new AbortController() };
    this.reading.set(row, reading);
    this.count[priority] += 1;
    try {
      await this.readRow(row, priority, reading.stop.signal);
    } finally {
      this.count[priority] -= 1;
      if (this.reading.get(row) === reading) this.reading.delete(row);
      this.ended(row);
      this.pump();
    }
  }
}

/** The maximum number of rows that one poll reads. */
const READ_PER_POLL = 20;

/**
 * The rows that one poll reads: first those of things that AWS is changing, then those whose last attempt to
 * read is the oldest. Rows whose first read has not ended are left out.
 */
export function pollOrder(rows: readonly DetailedNode[]): readonly DetailedNode[] {
  return rows
    .filter((row) => row.readAt !== undefined || row.failure !== undefined)
    .sort((a, b) => Number(isBusy(b)) - Number(isBusy(a)) || lookedAt(a) - lookedAt(b))
    .slice(0, READ_PER_POLL);
}

function lookedAt({ triedAt, readAt = 0 }: DetailedNode): number {
  return triedAt ?? readAt;
}

function isBusy(row: DetailedNode): boolean {
  return row.details?.phase === 'busy';
}
