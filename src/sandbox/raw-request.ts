/** A request as it came over the wire, to whichever of the sandbox's servers. */

/** A request before its body. Header names are lower case, repeated ones joined by a comma. */
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
  /** False when the client left in the middle of the body. */
  readonly complete: boolean;
}
