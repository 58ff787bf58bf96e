/** A group of CloudWatch Logs as a log that grows: polled, with each event passed on once. */
import type { LogEvent, Logs } from '../../deploy/ports';
import type { Clock } from '../../model/clock';
import type { LogBatch, LogLine, LogSource } from '../../model/log-source';
import { PageTrail } from '../../model/page';

/**
 * Milliseconds that the first poll reads back: the first value and, as long as no events are found, each
 * further value in turn.
 */
const WINDOWS = [60 * 60_000, 24 * 60 * 60_000, 14 * 24 * 60 * 60_000] as const;
/** The next poll begins this many milliseconds before the latest event, since events may arrive late. */
const OVERLAP_MS = 2 * 60_000;
/** The largest number of pages that one poll reads; the next poll continues where this poll stopped. */
const MOST_PAGES = 500;
/** Milliseconds between two polls. */
const INTERVAL_MS = 4_000;

export class LogGroup implements LogSource {
  /**
   * Epoch milliseconds from which the next poll reads; undefined until a poll has found events, or has
   * found none in the longest of the `WINDOWS`.
   */
  private from: number | undefined;
  /** Events since {@link from} that were already passed on: the next poll finds them again. */
  private known: readonly LogEvent[] = [];

  /** @param logs called each time that the log is followed */
  constructor(
    private readonly logs: () => Promise<Logs>,
    private readonly group: string,
    private readonly clock: Clock,
  ) {}

  /** @throws `not-found` when there is no such group. */
  async *follow(signal: AbortSignal): AsyncGenerator<LogBatch, void> {
    const logs = await this.logs();
    if (this.from === undefined) yield* this.begin(logs, signal);
    else yield* this.look(logs, this.from, signal);
    while (!signal.aborted) {
      await this.clock.sleep(INTERVAL_MS, signal);
      yield* this.look(logs, this.from ?? 0, signal);
    }
  }

  /** Reads from further and further back until events are found. */
  private async *begin(logs: Logs, signal: AbortSignal): AsyncGenerator<LogBatch, void> {
    const now = this.clock.now();
    for (const window of WINDOWS) {
      const since = now - window;
      let isEmpty = true;
      for await (const batch of this.look(logs, since, signal)) {
        if (batch.lines.length === 0) continue;
        isEmpty = false;
        yield { ...batch, since };
      }
      if (!isEmpty) return;
    }
    this.from = now - WINDOWS[2];
    yield { lines: [], since: this.from };
  }

  /**
   * Yields a batch for each page: its new events, sorted by time. CloudWatch returns the pages in the order
   * of time, so the latest event tells how far a poll has read.
   */
  private async *look(logs: Logs, from: number, signal: AbortSignal): AsyncGenerator<LogBatch, void> {
    const counts = countsOf(this.known);
    const trail = new PageTrail();
    let next: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await logs.events(this.group, from, next, signal);
      const events = page.items.filter((event) => isNew(event, counts)).sort((a, b) => a.at - b.at);
      next = page.next;
      const isCircle = trail.wasAt(next);
      this.remember(events, from);
      yield { lines: events.map(lineOf), ...(isCircle && { isCut: true }) };
      if (next === undefined || isCircle) return;
      trail.follow(next);
    }
  }

  private remember(events: readonly LogEvent[], since: number): void {
    const all = [...this.known, ...events];
    if (all.length === 0) return;
    const last = all.reduce((latest, { at }) => Math.max(latest, at), since);
    const from = Math.max(since, last - OVERLAP_MS);
    this.from = from;
    this.known = all.filter(({ at }) => at >= from);
  }
}

function lineOf({ at, stream, message }: LogEvent): LogLine {
  return { at, stream, text: message };
}

/** Counts events, as several may be equal in all their members. */
function countsOf(events: readonly LogEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const event of events) counts.set(keyOf(event), (counts.get(keyOf(event)) ?? 0) + 1);
  return counts;
}

/** True if the event is not among the counted events. Each call uses up one count of the event. */
function isNew(event: LogEvent, counts: Map<string, number>): boolean {
  const left = counts.get(keyOf(event)) ?? 0;
  counts.set(keyOf(event), left - 1);
  return left <= 0;
}

function keyOf({ at, stream, message }: LogEvent): string {
  return JSON.stringify([at, stream, message]);
}
