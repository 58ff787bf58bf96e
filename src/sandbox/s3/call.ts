/**
 * One S3 request to a bucket that exists and that the caller may use: the input of every operation except
 * ListBuckets and CreateBucket.
 */
import type { SandboxRequest } from '../sandbox-service';
import type { Bucket } from './bucket';
import { refuse } from './refusal';
import type { ObjectStore } from './store';
import type { Uploads } from './uploads';

/** The state of the sandbox's S3. */
export interface S3State {
  readonly objects: ObjectStore;
  readonly uploads: Uploads;
}

export interface BucketCall extends S3State {
  readonly request: SandboxRequest;
  readonly bucket: Bucket;
  /** Empty for operations on the bucket itself. */
  readonly key: string;
}

/**
 * Finds the bucket for a request to `region`, or refuses as S3 does. A bucket of another account is always
 * refused: bucket policies are kept and shown, but not evaluated.
 * @param region undefined if S3 answers the request in any region
 */
export function openBucket(
  { objects }: S3State,
  { headers }: SandboxRequest,
  name: string,
  region: string | undefined,
): Bucket {
  const bucket = objects.bucket(name);
  if (!bucket) refuse('NoSuchBucket', { fields: { BucketName: name } });
  const { settings } = bucket;
  if (region !== undefined && region !== settings.region) {
    refuse('PermanentRedirect', {
      fields: { Endpoint: `s3.${settings.region}.amazonaws.com`, Bucket: name },
      headers: { 'x-amz-bucket-region': settings.region },
    });
  }
  const expected = headers['x-amz-expected-bucket-owner'];
  if (settings.owner !== objects.accountId || (expected !== undefined && expected !== settings.owner)) {
    refuse('AccessDenied');
  }
  return bucket;
}

/** A count from the query; `most` is both the limit and the default. */
export function countOf(query: URLSearchParams, name: string, most: number): number {
  const given = query.get(name);
  if (given === null || given === '') return most;
  if (!/^\d{1,9}$/.test(given)) {
    refuse('InvalidArgument', {
      message: `Provided ${name} not an integer or within integer range`,
      fields: { ArgumentName: name, ArgumentValue: given },
    });
  }
  return Math.min(Number(given), most);
}
