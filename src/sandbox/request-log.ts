/** The sandbox's log of requests, for tests that count them and for curious users. */

/** One request and its answer. */
export interface LoggedRequest {
  /** Counts up in the order in which the sandbox decided on the answers; never used twice. */
  readonly seq: number;
  /** Arrival, epoch milliseconds. */
  readonly at: number;
  /**
   * Signing name of the service, or `kubernetes`. If the signature could not be read: the signing name of the
   * service that refused the request.
   */
  readonly service?: string;
  readonly operation?: string;
  /** Name of the EKS cluster, for a request to that cluster's Kubernetes API. */
  readonly cluster?: string;
  readonly method: string;
  /**
   * For S3, the path includes the bucket, even if the request named the bucket in its host name. A request
   * that reached no service is logged with its path as sent.
   */
  readonly path: string;
  /** Without the question mark. In a presigned URL, `-` replaces the signature. */
  readonly query: string;
  /** HTTP status of the reply; 0 if none was sent. */
  readonly status: number;
  readonly requestId: string;
  /** Bytes of the request's body that the sandbox read, after transfer decoding. */
  readonly bytesIn: number;
  /** Bytes of the reply's body that were sent; 0 for streams such as a watch. */
  readonly bytesOut: number;
  readonly durationMs: number;
  /** Kind of the fault that was applied to the request. */
  readonly fault?: string;
  /** Present only if recording was on when the request was answered. */
  readonly exchange?: RecordedExchange;
}

/**
 * Headers without `authorization`, and whole bodies in base64. If the answer is a stream, or if no reply is
 * sent, `replyHeaders` and `replyBody` are empty.
 */
export interface RecordedExchange {
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  readonly replyHeaders: Readonly<Record<string, string>>;
  readonly replyBody: string;
}

export interface LogFilter {
  /** Only entries with a greater `seq`. */
  readonly since?: number;
  readonly service?: string;
  readonly operation?: string;
}

export class RequestLog {
  private seq = 0;
  private entries: LoggedRequest[] = [];

  /** @param limit number of entries that are kept; the oldest are dropped first. */
  constructor(private readonly limit = 20_000) {}

  add(entry: Omit<LoggedRequest, 'seq'>): void {
    this.seq += 1;
    this.entries.push({ seq: this.seq, ...entry });
    // Dropping a tenth at a time avoids copying a full log at every request.
    if (this.entries.length > this.limit * 1.1) this.entries = this.entries.slice(-this.limit);
  }

  find({ since = 0, service, operation }: LogFilter): readonly LoggedRequest[] {
    return this.entries
      .slice(-this.limit)
      .filter(
        (entry) =>
          entry.seq > since &&
          (service === undefined || entry.service === service) &&
          (operation === undefined || entry.operation === operation),
      );
  }

  clear(): void {
    this.entries = [];
  }
}
