/** How fast each service of AWS is asked. */
import type { ServiceName } from '../model/failure';
import type { RateLimits } from '../model/rate-limiter';

/**
 * AWS does not publish the rates of its control planes; these are far below what people report. Opening a cluster in
 * the tree takes one request for the list of its node groups, one for the cluster and one for each group: about twenty.
 */
const CONTROL_PLANE: RateLimits = {
  burst: 40,
  perSecond: 10,
  concurrency: 32,
  background: { reserve: 24, concurrency: 8 },
};

/**
 * S3 takes thousands of requests a second for each prefix.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html
 */
const OBJECTS: RateLimits = {
  burst: 100,
  perSecond: 100,
  concurrency: 16,
  background: { reserve: 50, concurrency: 8 },
};

/** How fast requests for a user may go out, and those in the background besides. */
export function interactiveLimits(service: ServiceName): RateLimits {
  return service === 's3' ? OBJECTS : CONTROL_PLANE;
}
