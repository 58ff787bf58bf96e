/** A log that grows while it is read, such as a CloudWatch log group or the log of a pod's container. */

/** A line is untrusted data: it may hold terminal colours, control characters, HTML. */
export interface LogLine {
  /** Epoch milliseconds: when it was written; when it was read, where the log does not say. */
  readonly at: number;
  /** The writer, such as a log stream or a container. */
  readonly stream: string;
  /** One entry, which may be of several lines. */
  readonly text: string;
}

/** The lines of one read. No lines: there is nothing more for now. */
export interface LogBatch {
  /** In the order in which they were written. One that arrived late may be older than those of an earlier batch. */
  readonly lines: readonly LogLine[];
  /** Epoch milliseconds from which lines were looked for, once that is known. */
  readonly since?: number;
  /** Some lines of that span were left out, because there were too many for one read. */
  readonly isCut?: true;
}

export interface LogSource {
  /**
   * Hands on what is there, then what comes, at the pace that the log's service can bear, until `signal` aborts. It ends
   * where nothing more can come. Called again after it was stopped or has thrown, it goes on from there: no line is
   * handed on twice. At most one is under way at a time.
   * @throws a failure as data (`model/failure`).
   */
  follow(signal: AbortSignal): AsyncIterable<LogBatch>;
}
