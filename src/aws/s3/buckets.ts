/** Buckets: their list, their regions, their settings. */
import {
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Bucket, ObjectStore } from '../../deploy/ports';
import { failureOf, isNotImplemented } from '../../model/failure';
import { present } from '../../model/present';
import { type Caller, sends } from '../caller';
import type { ClientSettings } from '../client-config';
import { absentOr } from '../failures';
import { pageOf } from '../sdk-answers';
import { readAnswer } from '../sdk-error';

export function bucketsOf(
  client: S3Client,
  call: Caller,
  { region: home, endpoint }: Pick<ClientSettings, 'region' | 'endpoint'>,
): Pick<ObjectStore, 'listBuckets' | 'bucketRegion' | 'versioning' | 'policy' | 'publicAccessBlock'> {
  return {
    async listBuckets(ContinuationToken, signal) {
      const command = new ListBucketsCommand({ MaxBuckets: 1000, ContinuationToken });
      const output = await call.request('ListBuckets', '', signal, sends(client, command));
      const buckets = output.Buckets?.map(
        ({ Name = '', BucketRegion: region }): Bucket => ({ name: Name, ...present({ region }) }),
      );
      return pageOf(buckets, output.ContinuationToken);
    },
    async bucketRegion(bucket, signal) {
      const byHead = await regionByHead(client, call, bucket, signal);
      if (endpoint === undefined)
        return byHead.region ?? (await regionByLocation(client, call, bucket, byHead, signal)) ?? OLDEST;
      // A store that is compatible with S3 may have no regions, or its own names for them: the home region is then
      // used.
      const region = byHead.region ?? (await regionByLocation(client, call, bucket, byHead, signal));
      return region !== undefined && isRegion(region) ? region : home;
    },
    async versioning(bucket, signal) {
      const command = new GetBucketVersioningCommand({ Bucket: bucket });
      const output = await call.request(
        'GetBucketVersioning',
        `s3://${bucket}`,
        signal,
        sends(client, command),
      );
      if (output.Status === 'Enabled') return 'enabled';
      return output.Status === 'Suspended' ? 'suspended' : 'off';
    },
    async policy(bucket, signal) {
      const command = new GetBucketPolicyCommand({ Bucket: bucket });
      const output = await absentOr(
        ['NoSuchBucketPolicy'],
        call.request('GetBucketPolicy', `s3://${bucket}`, signal, sends(client, command)),
      );
      return output?.Policy;
    },
    async publicAccessBlock(bucket, signal) {
      const command = new GetPublicAccessBlockCommand({ Bucket: bucket });
      const output = await absentOr(
        ['NoSuchPublicAccessBlockConfiguration'],
        call.request('GetPublicAccessBlock', `s3://${bucket}`, signal, sends(client, command)),
      );
      const block = output?.PublicAccessBlockConfiguration;
      return (
        block && {
          blockPublicAcls: block.BlockPublicAcls ?? false,
          ignorePublicAcls: block.IgnorePublicAcls ?? false,
          blockPublicPolicy: block.BlockPublicPolicy ?? false,
          restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
        }
      );
    },
  };
}

/**
 * The answer to a HEAD request: the bucket's region, or the refusal. Neither is present if the answer shows
 * only that the bucket exists.
 */
interface ToldByHead {
  readonly region?: string;
  readonly refusal?: Error;
}

/**
 * Sends a HEAD request. The answer usually names the bucket's region, even if S3 refuses the request.
 * @throws the failure, if no answer names the region and the failure either denies that the bucket exists or
 * leaves it open (for example because S3 did not answer, or the failure is temporary)
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
 */
async function regionByHead(
  client: S3Client,
  call: Caller,
  Bucket: string,
  signal: AbortSignal,
): Promise<ToldByHead> {
  const command = new HeadBucketCommand({ Bucket });
  try {
    const output = await call.request('HeadBucket', `s3://${Bucket}`, signal, sends(client, command));
    return present({ region: output.BucketRegion || undefined });
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    const region = readAnswer(thrown.cause).bucketRegion;
    if (region !== undefined) return { region };
    const failure = failureOf(thrown);
    const mayBeThere =
      failure.kind === 'aws' && failure.answered && !failure.passing && failure.reason !== 'not-found';
    if (!mayBeThere) throw thrown;
    return { refusal: thrown };
  }
}

/** The region whose buckets have no location constraint. */
const OLDEST = 'us-east-1';

function isRegion(name: string): boolean {
  return /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(name);
}

/**
 * Asks GetBucketLocation for the region (`EU` in the answer stands for `eu-west-1`). Undefined if the answer
 * names no region, or if the HEAD request has found the bucket and the endpoint does not implement
 * GetBucketLocation.
 * @throws the refusal of the HEAD request if GetBucketLocation is refused too: the user needs only the
 * permission for the HEAD request
 */
async function regionByLocation(
  client: S3Client,
  call: Caller,
  Bucket: string,
  { refusal }: ToldByHead,
  signal: AbortSignal,
): Promise<string | undefined> {
  const command = new GetBucketLocationCommand({ Bucket });
  try {
    const output = await call.request('GetBucketLocation', `s3://${Bucket}`, signal, sends(client, command));
    const location: string | undefined = output.LocationConstraint;
    return location === 'EU' ? 'eu-west-1' : location || undefined;
  } catch (thrown) {
    // The HEAD request has shown that the bucket exists; the endpoint does not implement GetBucketLocation.
    if (refusal === undefined && isNotImplemented(thrown)) return undefined;
    const failure = failureOf(thrown);
    throw refusal !== undefined && failure.kind === 'aws' && !failure.passing ? refusal : thrown;
  }
}
