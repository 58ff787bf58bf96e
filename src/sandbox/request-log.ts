/** The sandbox's memory of the requests it got: what tests count and what a curious user can read. */

/** One request and how it was answered. */
export interface LoggedRequest {
  /** Counts up in the order in which requests were decided; never reused. */
  readonly seq: number;
  /** Arrival, epoch milliseconds. */
  readonly at: number;
  /** Signing name; where the request was not signed readably, the one that refused it. */
  readonly service?: string;
  readonly operation?: string;
  /** Of a request to the Kubernetes API: the EKS cluster. */
  readonly cluster?: string;
  readonly method: string;
  /** For S3 with the bucket in it, wherever it was named. */
  readonly path: string;
  /** Without the question mark; the signature of a presigned URL is left out. */
  readonly query: string;
  /** HTTP status of the reply; 0 when none was sent. */
  readonly status: number;
  readonly requestId: string;
  /** Bytes of the request's body that arrived, after transfer decoding. */
  readonly bytesIn: number;
  /** Bytes of the reply's body that were sent; 0 for a watch and its like. */
  readonly bytesOut: number;
  readonly durationMs: number;
  /** Kind of the fault that was played on it. */
  readonly fault?: string;
  /** Kept only when recording is on. */
  readonly exchange?: RecordedExchange;
}

/** Headers (without the signature) and whole bodies as base64. */
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

  /** @param limit how many entries are kept; the oldest go first. */
  constructor(private readonly limit = 20_000) {}

  add(entry: Omit<LoggedRequest, 'seq'>): void {
    this.seq += 1;
    this.entries.push({ seq: this.seq, ...entry });
    // Cutting a tenth at a time keeps a full log from being copied at every request.
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
