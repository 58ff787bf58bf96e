/** The request that the sandbox's HTTP front passes to an AWS service, and the reply that the service returns. */

/** A request whose signature was checked. Header names are lower case; the path is not decoded. */
export interface SandboxRequest {
  readonly method: string;
  /**
   * Path as it was sent, percent-encoded, without the query. For S3, the path includes the bucket, even if
   * the client named the bucket in the host name.
   */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body, after transfer decoding and before aws-chunked decoding. */
  readonly body: Buffer;
  /** Region of the credential scope; empty if the signature names none. */
  readonly region: string;
  /** Value of the `x-amzn-requestid` header that will be sent back. */
  readonly requestId: string;
}

export interface SandboxReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One AWS service, identified by the service name in the signature's credential scope. */
export interface SandboxService {
  /** The service's name in the credential scope of a signature, e.g. `eks` or `s3`. */
  readonly signingName: string;
  /**
   * Name of the API operation of the request, in the AWS model's spelling; undefined if there is none.
   * Requests without a readable signature are passed as well, with an empty `body` and `region`.
   */
  operationOf(request: SandboxRequest): string | undefined;
  /** Carries the request out. Never throws for a bad request: a refusal is a reply in the service's own error shape. */
  handle(request: SandboxRequest): Promise<SandboxReply>;
  /**
   * An error reply in the service's protocol; `code` is AWS's name of the error, e.g. `ThrottlingException`.
   */
  refuse(
    status: number,
    code: string,
    message: string,
    fields?: Readonly<Record<string, string>>,
  ): SandboxReply;
}

/** Time of the sandbox: real time for timestamps, and simulated time for durations. */
export interface SandboxClock {
  /** Epoch milliseconds, for timestamps. Never runs backwards and never returns the same value twice. */
  now(): number;
  /**
   * Simulated milliseconds since start. Simulated time passes `scale` times as fast as real time (see
   * `SandboxOptions`), and the control plane can advance it; if `scale` is 0, only the control plane does.
   */
  elapsed(): number;
}
