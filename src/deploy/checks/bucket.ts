/** Checks of the bucket and of the object in it. */

import type { ZipOrFailure } from '../deployed';
import { factsOf, type Known } from '../known';
import type { StoredBefore } from '../plan/plan';
import type { ObjectStore, PublicAccessBlock } from '../ports';
import { bucketPolicyCheck, type CodeReader } from './bucket-policy';
import { type Check, check } from './check';

/** FinSpace reads code from buckets of the cluster's own region. */
export function bucketRegionCheck(region: Known<string>, clusterRegion: string): Check {
  if (region.known) {
    const finding = region.value === clusterRegion ? 'same' : 'other';
    return check('bucket-region', finding, { bucket: region.value, cluster: clusterRegion });
  }
  const finding = region.failure.reason === 'not-found' ? 'no-such-bucket' : 'unknown';
  return check('bucket-region', finding, factsOf(region.failure));
}

/** Not required, but it makes rollback exact: an update can then name the version. */
export function versioningCheck(versioning: Known<Awaited<ReturnType<ObjectStore['versioning']>>>): Check {
  return versioning.known
    ? check('versioning', versioning.value)
    : check('versioning', 'unknown', factsOf(versioning.failure));
}

/** A policy that may not be read is unknown, not missing. */
export function policyCheck(
  policy: Known<string | undefined>,
  object: { readonly bucket: string; readonly key: string },
  reader: CodeReader,
): Check {
  return policy.known
    ? bucketPolicyCheck(policy.value, object, reader)
    : check('bucket-policy', 'unknown', { why: 'not-readable', ...factsOf(policy.failure) });
}

/** The bucket's own block; the account may have one besides, which is not looked at. */
export function publicAccessCheck(block: Known<PublicAccessBlock | undefined>): Check {
  if (!block.known) return check('public-access', 'unknown', factsOf(block.failure));
  const off = Object.entries(block.value ?? NO_BLOCK)
    .filter(([, on]) => !on)
    .map(([name]) => name);
  return off.length === 0 ? check('public-access', 'blocked') : check('public-access', 'open', { off });
}

const NO_BLOCK: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

/** None where nobody looked. */
export function storedZipChecks(stored: StoredBefore): readonly Check[] {
  if (stored.kind === 'not-looked') return [];
  return [check('stored-zip', stored.kind, stored.kind === 'unknown' ? factsOf(stored.failure) : {})];
}

/** A zip that is to be deployed as it is. */
export function zipCheck(zip: ZipOrFailure): Check {
  if (zip.kind === 'zip') return check('zip', 'readable', { files: zip.zip.directory.entries.length });
  const { failure } = zip;
  if (failure.kind === 'refused') return check('zip', 'not-a-zip', { why: failure.code });
  if (failure.kind !== 'aws') return check('zip', 'unknown');
  return check('zip', failure.reason === 'not-found' ? 'missing' : 'unknown', factsOf(failure));
}
