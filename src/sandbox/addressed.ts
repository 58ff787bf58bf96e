/** Finds the bucket of a request, and the service of a request whose signature does not name it. */
import type { SignedHead } from './authorization';
import { bucketOfHost, hostWithoutBucket } from './hosts';
import type { SandboxService } from './sandbox-service';

/** A virtual-host request to S3 in path style; any other request unchanged. */
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
 * The service that answers a request without a readable signature. AWS's services each have a host, but the sandbox's
 * share one, so this returns the service that has the operation, and S3 for any path that may name a bucket.
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
  // STS and EC2 name the operation in the body, which is not read here; both word this error in the same way.
  const isQuery = head.method === 'POST' && head.path === '/';
  return owner ?? named(isQuery ? 'sts' : 's3');
}
