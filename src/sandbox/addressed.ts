/** Finds the bucket of a request, and the service of a request whose signature does not name the service. */
import type { SignedHead } from './authorization';
import { bucketOfHost, hostWithoutBucket } from './hosts';
import type { SandboxService } from './sandbox-service';

/** Moves the bucket of a virtual-host request to S3 into the path. Any other request stays unchanged. */
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
 * The service that answers a request without a readable signature. In AWS each service has its own host, but
 * the sandbox's services share one host. So this function chooses S3 if the host names a bucket, otherwise
 * the service that has the operation. For any other request it chooses STS if the request is a POST to `/`,
 * and S3 if not, since the path may name a bucket.
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
  // STS and EC2 name the operation in the body, which is not read here, so the request may be for either of
  // them. STS answers.
  const isQuery = head.method === 'POST' && head.path === '/';
  return owner ?? named(isQuery ? 'sts' : 's3');
}
