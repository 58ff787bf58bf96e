/**
 * Messages with the lines of a log, from the extension to the log's page. Lines are data: the page shows them as text.
 */

/** A line as it is shown. */
export interface LogRow {
  /** Greater than the id of every line that arrived earlier. */
  readonly id: number;
  /** Epoch milliseconds; lines are sorted by this. */
  readonly at: number;
  /** Date and time of day. While the pointer rests on the time, the page shows `fullTime`. */
  readonly time: string;
  readonly fullTime: string;
  readonly stream: string;
  /** Invisible characters are already made visible. `\n` separates the lines of an entry that has several. */
  readonly text: string;
}

/** The facts that the page shows beside the lines. */
export interface LogFacts {
  /** Notices above the first line: that lines may be missing, and how many were dropped. */
  readonly above: readonly string[];
  /** Shown if there are no lines. */
  readonly none: string;
  /** True if no more lines can come, so that there is nothing to pause. */
  readonly hasEnded: boolean;
}

/** The texts of a log's page. The page's script puts numbers in place of `{0}` and `{1}`. */
export interface LogWords {
  readonly pause: string;
  readonly resume: string;
  readonly resumeNew: string;
  readonly end: string;
  readonly endNew: string;
  readonly lines: string;
  readonly matches: string;
  readonly noMatch: string;
  /** Announced to screen readers, as is `resumed`. */
  readonly paused: string;
  readonly resumed: string;
}

export type ToLog =
  /** All lines that are kept. They replace all lines that the page shows. */
  | {
      readonly type: 'log';
      /** Changes each time that reading starts over: the lines are then numbered anew. */
      readonly run: string;
      /** The bar and the place for lines, as HTML that the `html` folder has made. */
      readonly html: string;
      readonly words: LogWords;
      /** The most lines that are kept; the oldest are dropped first. */
      readonly most: number;
      readonly rows: readonly LogRow[];
      readonly facts: LogFacts;
    }
  /** All lines that arrived after the line with the id `after`. */
  | {
      readonly type: 'log-lines';
      readonly after: number;
      readonly rows: readonly LogRow[];
      readonly facts: LogFacts;
    };

/** The state that VS Code keeps for a log's page over a reload. */
export interface LogState {
  readonly filter: string;
  /** Lines that arrived after the line with this id are not shown until the reader resumes. */
  readonly pausedAt?: { readonly run: string; readonly id: number };
}

/**
 * Reads a message about a log; undefined for anything else. The rows of the message are not checked, since
 * the extension made them.
 */
export function readToLog(said: Readonly<Record<string, unknown>>): ToLog | undefined {
  const { type, rows, facts } = said as { type?: unknown; rows?: unknown; facts?: unknown };
  if (type !== 'log' && type !== 'log-lines') return undefined;
  if (!Array.isArray(rows) || typeof facts !== 'object' || facts === null) return undefined;
  return said as unknown as ToLog;
}

/** Reads the state that VS Code kept for a log's page; undefined if the state is not usable. */
export function readLogState(kept: unknown): LogState | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { filter, pausedAt } = kept as { filter?: unknown; pausedAt?: unknown };
  if (typeof filter !== 'string') return undefined;
  if (typeof pausedAt !== 'object' || pausedAt === null) return { filter };
  const { run, id } = pausedAt as { run?: unknown; id?: unknown };
  return typeof run === 'string' && typeof id === 'number' ? { filter, pausedAt: { run, id } } : { filter };
}
