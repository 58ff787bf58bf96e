/** The lines that the page of a log shows: sorted by time, numbered, and no more than a page may show. */
import type { LogBatch, LogLine } from '../../../model/log-source';

/** A line and its number: counted from 1, in the order of arrival. */
export interface KeptLine extends LogLine {
  readonly id: number;
}

export const MOST_LINES = 5_000;

export class KeptLines {
  private lines: KeptLine[] = [];
  private count = 0;
  private from: number | undefined;
  private cut = false;
  private gone = 0;

  constructor(private readonly most: number = MOST_LINES) {}

  /** All kept lines, sorted by time; lines with the same time are in the order of arrival. */
  get all(): readonly KeptLine[] {
    return this.lines;
  }

  /** The number of the line that arrived last; 0 if no line has arrived yet. */
  get last(): number {
    return this.count;
  }

  /**
   * The start of the time span that was searched for lines, in epoch milliseconds; undefined before the
   * first batch, or if the log is not searched by time.
   */
  get since(): number | undefined {
    return this.from;
  }

  /** True if lines may be missing, because `isCut` was true for one of the batches. */
  get isCut(): boolean {
    return this.cut;
  }

  /** How many lines were dropped to make room; the oldest are dropped first. */
  get dropped(): number {
    return this.gone;
  }

  /** @returns the lines of the batch with their numbers, including lines that the limit made it drop at once */
  add({ lines, since, isCut }: LogBatch): readonly KeptLine[] {
    const added = lines.map((line, at): KeptLine => ({ ...line, id: this.count + at + 1 }));
    this.count += added.length;
    this.from = since ?? this.from;
    this.cut ||= isCut === true;
    // Sorting is stable, and takes one pass for lines that are already sorted.
    const all = [...this.lines, ...added].sort((a, b) => a.at - b.at);
    const over = Math.max(0, all.length - this.most);
    this.gone += over;
    this.lines = all.slice(over);
    return added;
  }
}
