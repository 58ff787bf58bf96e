/** A log that grows while it is read, such as a CloudWatch log group or the log of a pod's container. */

/** A line is untrusted data: it may contain terminal colours, control characters, HTML. */
export interface LogLine {
  /** Epoch milliseconds: the time at which the line was written or, if the log does not give it, read. */
  readonly at: number;
  /** The writer, such as a log stream or a container. */
  readonly stream: string;
  /** One entry; it may have several lines. */
  readonly text: string;
}

/** The result of one read. If it has no lines, the log has nothing new at present. */
export interface LogBatch {
  /** In the order in which they were written. A line that arrived late may be older than those of an earlier batch. */
  readonly lines: readonly LogLine[];
  /** Start of the time span that was searched, in epoch milliseconds; absent until it is known. */
  readonly since?: number;
  /** True if some lines of the searched span were left out, because there were too many for one read. */
  readonly isCut?: true;
}

export interface LogSource {
  /**
   * Yields the existing lines and then new ones, as often as the service that stores the log allows reads,
   * until `signal` aborts or no more lines can come. A call after an abort or an error continues where the last
   * call ended: no line is yielded twice. Only one call may be under way at a time.
   * @throws a failure as data (`model/failure`).
   */
  follow(signal: AbortSignal): AsyncIterable<LogBatch>;
}
