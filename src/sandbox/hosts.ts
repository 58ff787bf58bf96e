/** The host names that the sandbox answers to, and the bucket in such a name. */

/** By RFC 6761 every name below `localhost` is this machine, so a foreign site cannot use such a name. */
const LOOPBACK = /^(127\.0\.0\.1|\[::1\]|(?:([a-z0-9][a-z0-9.-]*)\.)?localhost)(:\d{1,5})?$/i;

/** True for `127.0.0.1`, `[::1]`, `localhost` and names below `localhost`, with or without a port. */
export function isLoopback(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.test(host);
}

/** The bucket of a virtual-host request to S3: `shop` of `shop.localhost:4566`. */
export function bucketOfHost(host: string | undefined): string | undefined {
  return LOOPBACK.exec(host ?? '')?.[2];
}

/** The host without its bucket: `localhost:4566` for `shop.localhost:4566`. */
export function hostWithoutBucket(host: string): string {
  const bucket = bucketOfHost(host);
  return bucket === undefined ? host : host.slice(bucket.length + 1);
}
