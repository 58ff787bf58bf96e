/** A log that grows while it is read, such as a CloudWatch log group or the log of a pod's container. */

/** A line is untrusted data: it may contain terminal colours, control characters, HTML. */
export interface LogLine {
  /**
   * Epoch milliseconds: the time at which the line was written or, if the log does not give it, the start of
   * the time span that was searched.
   */
  readonly at: number;
  /** The writer, such as a log stream or a container. */
  readonly stream: string;
  /** One entry; it may have several lines. */
  readonly text: string;
}

/** The result of one read; without lines if the read found no new ones. */
export interface LogBatch {
  /** Sorted by time. A line that arrived late may be older than those of an earlier batch. */
  readonly lines: readonly LogLine[];
  /**
   * Start of the time span that was searched, in epoch milliseconds; absent if it is the same as for the batch
   * before, or if the log is not searched by time.
   */
  readonly since?: number;
  /**
   * True if lines may be missing: because there were too many for one read, or because a page of the log led
   * back to an earlier page.
   */
  readonly isCut?: true;
}

export interface LogSource {
  /**
   * Yields recent lines that the log already has, and then new ones, at intervals, until `signal` aborts or no
   * more lines can come. A call after an abort or an error continues where the last call ended: no line is
   * yielded twice. Only one call may be under way at a time.
   * @throws a failure as data (`model/failure`); after an abort, it may throw the signal's reason.
   */
  follow(signal: AbortSignal): AsyncIterable<LogBatch>;
}
