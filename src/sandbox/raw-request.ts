/** An HTTP request in the form in which one of the sandbox's servers received it. */

/**
 * A request without its body. Header names are in lower case; the values of a repeated header are joined by a
 * comma.
 */
export interface RequestHead {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RawRequest extends RequestHead {
  readonly body: Buffer;
  /** False if the client closed the connection in the middle of the body. */
  readonly complete: boolean;
}
