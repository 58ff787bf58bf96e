/** A log that grows while it is read, such as a CloudWatch log group or the log of a pod's container. */

/** A line is untrusted data: it may hold terminal colours, control characters, HTML. */
export interface LogLine {
  /** Epoch milliseconds: when the line was written or, where the log does not say, when it was read. */
  readonly at: number;
  /** The writer, such as a log stream or a container. */
  readonly stream: string;
  /** One entry; it may have several lines. */
  readonly text: string;
}

/** The lines of one read. Without lines: there is nothing more for now. */
export interface LogBatch {
  /** In the order in which they were written. One that arrived late may be older than those of an earlier batch. */
  readonly lines: readonly LogLine[];
  /** Start of the span in which lines were looked for (epoch milliseconds), once it is known. */
  readonly since?: number;
  /** Some lines of that span were left out, because there were too many for one read. */
  readonly isCut?: true;
}

export interface LogSource {
  /**
   * Yields the lines that are there, then new ones, as often as the log's service may be asked, until `signal` aborts
   * or nothing more can come. Called again after it was stopped or has thrown, it goes on where it ended: no line is
   * yielded twice. Only one call may be under way at a time.
   * @throws a failure as data (`model/failure`).
   */
  follow(signal: AbortSignal): AsyncIterable<LogBatch>;
}
