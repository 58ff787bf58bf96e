/**
 * Reads the facts that lists do not give: first the details of rows, a few rows at a time, then what needs
 * attention on each row.
 */
import { failureOf } from '../../model/failure';
import { failureLine } from '../log';
import { assess, type DescribeParts, describe, detailedKindOf } from './describe';
import { type BranchNode, type DetailedNode, isBranch, isDetailed, type ThingNode } from './node';
import { RowReader } from './row-reader';
import type { Priority } from './source';

export interface DetailsParts extends DescribeParts {
  readonly log: (message: string) => void;
}

export interface DetailsListener {
  /** Called when the row looks different than before. */
  changed(row: DetailedNode): void;
  /**
   * Called when a read of the row and the assessment after it have ended, even if they failed or were
   * aborted.
   */
  settled(row: DetailedNode): void;
  /** The rows below a branch: the listed ones, and those that were made for pages. */
  below(branch: BranchNode): readonly ThingNode[];
}

export class RowDetails {
  private readonly reader = new RowReader(
    (row, priority, signal) => this.readRow(row, priority, signal),
    (row) => this.listener.settled(row),
  );

  constructor(
    private readonly parts: DetailsParts,
    private readonly listener: DetailsListener,
  ) {}

  /** Queues the rows, to be read in order of priority. */
  read(rows: Iterable<DetailedNode>, priority: Priority): void {
    this.reader.read(rows, priority);
  }

  /** Reads the rows of which no read has begun yet; a row whose first read failed or is still pending is left out. */
  readUnread(rows: readonly ThingNode[], priority: Priority): void {
    const isUnread = (row: DetailedNode): boolean =>
      row.readAt === undefined && row.failure === undefined && !this.reader.isPending(row);
    this.read(rows.filter(isDetailed).filter(isUnread), priority);
  }

  hasten(row: DetailedNode): void {
    this.reader.hasten(row);
  }

  stop(row: DetailedNode): void {
    this.reader.stop(row);
  }

  /**
   * True if a row needs attention, or may need it because it could not be read or assessed. Undefined for a
   * row that is not assessed while the row, or the row above it, is being read or waits to be read.
   */
  needs(row: DetailedNode): boolean | undefined {
    if (row.failure !== undefined) return true;
    if (row.assessment !== undefined) return this.parts.attention.needs(row.assessment.attention);
    const { parent } = row;
    const isPending = this.reader.isPending(row) || (isDetailed(parent) && this.reader.isPending(parent));
    return isPending ? undefined : true;
  }

  /** Whether a row is being read, or waits to be read. */
  isReading(row: DetailedNode): boolean {
    return this.reader.isPending(row);
  }

  dispose(): void {
    this.reader.dispose();
  }

  private async readRow(row: DetailedNode, priority: Priority, signal: AbortSignal): Promise<void> {
    try {
      const basis = basisOf(row);
      await this.redrawIfChanged(row, () => describe(row, this.parts, priority, signal));
      const assessed = [row, ...this.restingOn(row, basis)];
      await Promise.all(
        assessed.map((one) => this.redrawIfChanged(one, () => assess(one, this.parts, signal))),
      );
    } catch (thrown) {
      if (!signal.aborted) this.parts.log(`${row.id}: ${failureLine(failureOf(thrown))}`);
    }
  }

  /**
   * The rows below `row` that have to be assessed after a read of `row`: all rows with details if the part of
   * `row` that their assessments depend on has changed, otherwise those with details and no assessment yet.
   * @param before that part of `row` before the read
   */
  private restingOn(row: DetailedNode, before: string | undefined): readonly DetailedNode[] {
    if (!isBranch(row)) return [];
    const isNew = basisOf(row) !== before;
    return this.listener
      .below(row)
      .filter(isDetailed)
      .filter(({ details, assessment }) => details && (isNew || assessment === undefined));
  }

  /** Redraws the row if `work` has changed it, and only then: a redraw closes the row's tooltip under the pointer. */
  private async redrawIfChanged(row: DetailedNode, work: () => Promise<void>): Promise<void> {
    const before = shownBy(row);
    await work();
    if (shownBy(row) !== before) this.listener.changed(row);
  }
}

function basisOf(row: DetailedNode): string | undefined {
  return detailedKindOf(row).assessment.basis(row);
}

function shownBy({ details, asOf, failure, remembered, assessment }: DetailedNode): string {
  return JSON.stringify([details, asOf, failure, remembered, assessment]);
}
