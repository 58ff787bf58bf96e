/** Removes the signature from a presigned request after the signature was checked. */

/** Query parameters that belong only to the signature. */
const OF_SIGNATURE = new Set([
  ...['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders'],
  ...['X-Amz-Signature', 'X-Amz-Security-Token', 'X-Amz-Content-Sha256'],
  ...['AWSAccessKeyId', 'Signature', 'Expires'],
]);

interface Signed {
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The request without the signature. Headers that the signer put into the query, as all SDKs do, become headers again.
 */
export function withoutSignature({ query, headers }: Signed): Signed {
  const kept = [...query].filter(([name]) => !OF_SIGNATURE.has(name));
  const isHeader = ([name]: readonly [string, string]): boolean =>
    /^x-amz-/i.test(name) || name === 'content-type' || name === 'content-md5';
  const moved = kept.filter(isHeader).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    query: new URLSearchParams(kept.filter((one) => !isHeader(one))),
    headers: { ...Object.fromEntries(moved), ...headers },
  };
}

/**
 * The query with `-` in place of the signature, for storage and display: with the signature, anybody could
 * send the request again.
 */
export function hiddenSignature(query: string): string {
  return query.replace(/(^|&)((?:X-Amz-)?Signature)=[^&]*/g, '$1$2=-');
}
