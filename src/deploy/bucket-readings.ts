/** Reads in parallel the facts about a bucket that a plan needs; a fact that S3 does not give is unknown. */
import { type OptionalRead, readOptional } from '../plan/optional-read';
import type { ObjectStore, PublicAccessBlock } from './ports';

export interface BucketReadings {
  readonly region: OptionalRead<string>;
  readonly versioning: OptionalRead<'enabled' | 'suspended' | 'off'>;
  /** The policy's text; undefined when the bucket has none. */
  readonly policy: OptionalRead<string | undefined>;
  readonly publicAccess: OptionalRead<PublicAccessBlock | undefined>;
}

/**
 * The region, versioning, policy and public access block of the bucket from which the target will read the
 * code.
 */
export async function readBucket(
  bucket: string,
  objects: ObjectStore,
  signal: AbortSignal,
): Promise<BucketReadings> {
  const [region, versioning, policy, publicAccess] = await Promise.all([
    readOptional(() => objects.bucketRegion(bucket, signal)),
    readOptional(() => objects.versioning(bucket, signal)),
    readOptional(() => objects.policy(bucket, signal)),
    readOptional(() => objects.publicAccessBlock(bucket, signal)),
  ]);
  return { region, versioning, policy, publicAccess };
}
