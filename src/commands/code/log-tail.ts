/** The recent events of a log group, read again and again: what is known, and the words for it. */
import type { LogEvent, Logs } from '../../deploy/ports';
import { PageTrail } from '../../model/page';

/** Milliseconds back from now that are tried for the first look, until something is found. */
const WINDOWS = [60 * 60_000, 24 * 60 * 60_000, 14 * 24 * 60 * 60_000] as const;
/** Events may arrive late: so far back (milliseconds) is read again at each look. */
const OVERLAP_MS = 2 * 60_000;
/** Bounds of what one look reads and of what is kept. */
const MOST_PAGES = 20;
const MOST_EVENTS = 5_000;

export class LogTail {
  private events: readonly LogEvent[] = [];
  private from = 0;
  /** Events of the span that is shown were left out. */
  private isCut = false;

  constructor(
    private readonly logs: Logs,
    private readonly group: string,
  ) {}

  /** The first look. `now`: epoch milliseconds. @throws `not-found` when there is no such group. */
  async begin(now: number, signal: AbortSignal): Promise<void> {
    for (const window of WINDOWS) {
      this.from = now - window;
      await this.look(signal);
      if (this.events.length > 0) return;
    }
  }

  /** Reads on. @returns whether something is there that was not there before. */
  async look(signal: AbortSignal): Promise<boolean> {
    const last = this.events.at(-1);
    const from = last === undefined ? this.from : Math.max(this.from, last.at - OVERLAP_MS);
    const known = this.events.filter(({ at }) => at < from);
    const before = this.events.length - known.length;
    const read = await this.readFrom(from, signal);
    const all = [...known, ...read];
    this.events = all.slice(-MOST_EVENTS);
    this.isCut ||= all.length > MOST_EVENTS;
    return read.length !== before;
  }

  /** Epoch milliseconds from which events were looked for. */
  get since(): number {
    return this.from;
  }

  get isIncomplete(): boolean {
    return this.isCut;
  }

  get all(): readonly LogEvent[] {
    return this.events;
  }

  private async readFrom(from: number, signal: AbortSignal): Promise<readonly LogEvent[]> {
    const found: LogEvent[] = [];
    const trail = new PageTrail();
    let next: string | undefined;
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const page = await this.logs.events(this.group, from, next, signal);
      found.push(...page.items);
      next = page.next;
      if (next === undefined || trail.wasAt(next)) break;
      trail.follow(next);
    }
    this.isCut ||= next !== undefined;
    return found.sort((a, b) => a.at - b.at);
  }
}
