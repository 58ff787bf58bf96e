/** What a request is addressed to, beyond what its signature says. */
import type { SignedHead } from './authorization';
import { bucketOfHost, hostWithoutBucket } from './hosts';
import type { SandboxService } from './sandbox-service';

/** A virtual-host request to S3 as the path-style request that it means; any other as it is. */
export function withBucketInPath(head: SignedHead): SignedHead {
  const host = head.headers['host'] ?? '';
  const bucket = bucketOfHost(host);
  if (bucket === undefined) return head;
  return {
    ...head,
    path: `/${bucket}${head.path}`,
    headers: { ...head.headers, host: hostWithoutBucket(host) },
  };
}

/**
 * The service that is to answer a request without a readable signature. AWS tells services apart by their hosts, which
 * are one here: so the one that has the operation, and S3 for every path that may be a bucket.
 */
export function serviceFor(
  head: SignedHead,
  services: readonly SandboxService[],
): SandboxService | undefined {
  const request = { ...head, body: Buffer.alloc(0), region: '', requestId: '' };
  const named = (wanted: string): SandboxService | undefined =>
    services.find(({ signingName }) => signingName === wanted);
  if (bucketOfHost(head.headers['host']) !== undefined) return named('s3');
  const owner = services.find((one) => one.signingName !== 's3' && one.operationOf(request) !== undefined);
  // The query services name their operation in the body, which is not read; they word this error alike.
  const isQuery = head.method === 'POST' && head.path === '/';
  return owner ?? named(isQuery ? 'sts' : 's3');
}
