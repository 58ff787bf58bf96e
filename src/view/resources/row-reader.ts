/** Reads what lists do not say of rows: a few at a time, those that a user waits for first. */
import type { Haste } from './branches';
import type { EksNode } from './node';

/** How many rows are read at once: a cluster with its node groups, and what leaves the budget to others. */
const AT_ONCE: Readonly<Record<Haste, number>> = { interactive: 24, background: 8 };

/** Reads one row to the end. Failures are its own affair: what it throws counts for nothing. */
export type ReadRow = (row: EksNode, haste: Haste, signal: AbortSignal) => Promise<void>;

export class RowReader {
  private readonly queues: Readonly<Record<Haste, Set<EksNode>>> = {
    interactive: new Set(),
    background: new Set(),
  };
  private readonly reading = new Map<EksNode, { readonly haste: Haste; readonly stop: AbortController }>();
  private readonly count: Record<Haste, number> = { interactive: 0, background: 0 };

  constructor(private readonly readRow: ReadRow) {}

  /** Reads rows from now on: what is being read of them is given up, as it may be from before. */
  read(rows: Iterable<EksNode>, haste: Haste): void {
    for (const row of rows) {
      const isAwaited = this.queues.interactive.has(row);
      this.stop(row);
      this.queues[isAwaited ? 'interactive' : haste].add(row);
    }
    this.pump();
  }

  /** Lets a row that waits in the background go ahead of all that do. */
  hasten(row: EksNode): void {
    if (!this.queues.background.delete(row)) return;
    this.queues.interactive.add(row);
    this.pump();
  }

  /** Whether a row is being read, or waits for that. */
  isPending(row: EksNode): boolean {
    return this.reading.has(row) || this.queues.interactive.has(row) || this.queues.background.has(row);
  }

  stop(row: EksNode): void {
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
    // The answers of both would have to be taken apart by one thread.
    if (this.count.interactive === 0) this.start('background');
  }

  private start(haste: Haste): void {
    for (const row of this.queues[haste]) {
      if (this.count[haste] >= AT_ONCE[haste]) break;
      this.queues[haste].delete(row);
      void this.readOne(row, haste);
    }
  }

  private async readOne(row: EksNode, haste: Haste): Promise<void> {
    const reading = { haste, stop: new AbortController() };
    this.reading.set(row, reading);
    this.count[haste] += 1;
    try {
      await this.readRow(row, haste, reading.stop.signal);
    } finally {
      this.count[haste] -= 1;
      if (this.reading.get(row) === reading) this.reading.delete(row);
      this.pump();
    }
  }
}
