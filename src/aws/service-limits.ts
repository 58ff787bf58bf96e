/** The rate limits for each service of AWS. */
import type { ServiceName } from '../model/failure';
import type { RateLimits } from '../model/rate-limiter';

/**
 * AWS does not publish the rates of its control planes; these limits are far below the rates that users
 * report. Opening an EKS cluster in the tree takes one request for the list of its node groups, one for
 * the cluster and one for each group: about twenty requests for a cluster with many groups.
 */
const CONTROL_PLANE: RateLimits = {
  burst: 40,
  perSecond: 10,
  concurrency: 32,
  background: { reserve: 24, concurrency: 8 },
};

/**
 * S3 allows thousands of requests per second for each prefix.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html
 */
const OBJECTS: RateLimits = {
  burst: 100,
  perSecond: 100,
  concurrency: 16,
  background: { reserve: 50, concurrency: 8 },
};

/** The limits that apply to requests that users wait for and to background requests together. */
export function interactiveLimits(service: ServiceName): RateLimits {
  return service === 's3' ? OBJECTS : CONTROL_PLANE;
}
