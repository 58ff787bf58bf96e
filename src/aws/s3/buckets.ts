/** Buckets: which there are, where they lie, how they are set up. */
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
import { pageOf, present } from '../answers';
import type { Caller } from '../caller';
import { absentOr } from '../failures';
import { readAnswer } from '../sdk-error';

export function bucketsOf(
  client: S3Client,
  call: Caller,
): Pick<ObjectStore, 'listBuckets' | 'bucketRegion' | 'versioning' | 'policy' | 'publicAccessBlock'> {
  return {
    async listBuckets(ContinuationToken, signal) {
      const command = new ListBucketsCommand({ MaxBuckets: 1000, ContinuationToken });
      const output = await call.request('ListBuckets', '', signal, (options) =>
        client.send(command, options),
      );
      const buckets = output.Buckets?.map(
        ({ Name = '', BucketRegion: region }): Bucket => ({ name: Name, ...present({ region }) }),
      );
      return pageOf(buckets, output.ContinuationToken);
    },
    async bucketRegion(bucket, signal) {
      return (
        (await regionByHead(client, call, bucket, signal)) ??
        (await regionByLocation(client, call, bucket, signal))
      );
    },
    async versioning(bucket, signal) {
      const command = new GetBucketVersioningCommand({ Bucket: bucket });
      const output = await call.request('GetBucketVersioning', `s3://${bucket}`, signal, (options) =>
        client.send(command, options),
      );
      if (output.Status === 'Enabled') return 'enabled';
      return output.Status === 'Suspended' ? 'suspended' : 'off';
    },
    async policy(bucket, signal) {
      const command = new GetBucketPolicyCommand({ Bucket: bucket });
      const output = await absentOr(
        ['NoSuchBucketPolicy'],
        call.request('GetBucketPolicy', `s3://${bucket}`, signal, (options) => client.send(command, options)),
      );
      return output?.Policy;
    },
    async publicAccessBlock(bucket, signal) {
      const command = new GetPublicAccessBlockCommand({ Bucket: bucket });
      const output = await absentOr(
        ['NoSuchPublicAccessBlockConfiguration'],
        call.request('GetPublicAccessBlock', `s3://${bucket}`, signal, (options) =>
          client.send(command, options),
        ),
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
 * Answers from every region, also where it refuses.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
 */
async function regionByHead(
  client: S3Client,
  call: Caller,
  Bucket: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const command = new HeadBucketCommand({ Bucket });
  try {
    const output = await call.request('HeadBucket', `s3://${Bucket}`, signal, (options) =>
      client.send(command, options),
    );
    return output.BucketRegion;
  } catch (thrown) {
    const region = thrown instanceof Error ? readAnswer(thrown.cause).bucketRegion : undefined;
    if (region !== undefined) return region;
    throw thrown;
  }
}

/** The two oldest regions go by other names here. */
async function regionByLocation(
  client: S3Client,
  call: Caller,
  Bucket: string,
  signal: AbortSignal,
): Promise<string> {
  const command = new GetBucketLocationCommand({ Bucket });
  const output = await call.request('GetBucketLocation', `s3://${Bucket}`, signal, (options) =>
    client.send(command, options),
  );
  const location: string = output.LocationConstraint || 'us-east-1';
  return location === 'EU' ? 'eu-west-1' : location;
}
