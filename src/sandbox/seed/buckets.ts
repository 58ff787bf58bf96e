/** The sample shop's buckets and the code zips in them. */
import type { BucketSettings } from '../s3/bucket';
import type { ObjectStore } from '../s3/store';
import { CODE_EARLIER, CODE_LATER } from './q-code';
import { zipOf } from './zip';

interface SeededCode {
  readonly s3Bucket: string;
  readonly s3Key: string;
  readonly s3ObjectVersion?: string;
}

export interface SeededBuckets {
  /**
   * Code of the production clusters in the main region; `before` is an earlier version of the same object.
   */
  readonly live: SeededCode;
  readonly before: SeededCode;
  /** Code in a bucket without versioning. */
  readonly scratch: SeededCode;
  /** Code in the other region. */
  readonly elsewhere: SeededCode;
}

const CLOSED = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

export function seedBuckets(objects: ObjectStore, region: string, elsewhere: string): SeededBuckets {
  const { accountId } = objects;
  const create = (name: string, settings: BucketSettings): string => {
    const bucket = `${name}-${accountId}`;
    objects.createBucket(bucket, { publicAccessBlock: CLOSED, ...settings });
    return bucket;
  };
  const readable = (name: string, where: string, versioning: BucketSettings['versioning']): string =>
    create(name, {
      region: where,
      versioning,
      policy: finspacePolicy(`${name}-${accountId}`, where, accountId),
    });

  const main = readable('acme-kdb-code', region, 'Enabled');
  const scratch = readable('acme-kdb-scratch', region, 'Off');
  const emea = readable('acme-kdb-code-emea', elsewhere, 'Enabled');
  create('acme-market-data', { region, versioning: 'Enabled', policy: teamPolicy(accountId) });

  const put = (s3Bucket: string, s3Key: string, files: Readonly<Record<string, string>>): SeededCode => {
    const { versionId } = objects.put(s3Bucket, s3Key, zipOf(files), {
      headers: { 'content-type': 'application/zip' },
    });
    return { s3Bucket, s3Key, ...(versionId !== 'null' && { s3ObjectVersion: versionId }) };
  };
  return {
    before: put(main, 'equities/releases/equities.zip', CODE_EARLIER),
    live: put(main, 'equities/releases/equities.zip', CODE_LATER),
    scratch: put(scratch, 'dev/equities-dev.zip', CODE_EARLIER),
    elsewhere: put(emea, 'emea/releases/equities.zip', CODE_EARLIER),
  };
}

/**
 * A policy that allows FinSpace to read code, as in AWS's guide: https://docs.aws.amazon.com/finspace/latest/userguide/
 */
export function finspacePolicy(bucket: string, region: string, accountId: string): string {
  const condition = {
    StringEquals: { 'aws:SourceAccount': accountId },
    ArnLike: { 'aws:SourceArn': `arn:aws:finspace:${region}:${accountId}:kxEnvironment/*` },
  };
  const allow = (action: readonly string[], resource: string): object => ({
    Effect: 'Allow',
    Principal: { Service: 'finspace.amazonaws.com' },
    Action: action,
    Resource: resource,
    Condition: condition,
  });
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      allow(['s3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion'], `arn:aws:s3:::${bucket}/*`),
      allow(['s3:ListBucket'], `arn:aws:s3:::${bucket}`),
    ],
  });
}

/** A policy for people only: FinSpace gets no access. */
function teamPolicy(accountId: string): string {
  const bucket = `arn:aws:s3:::acme-market-data-${accountId}`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:role/MarketDataReader` },
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: [bucket, `${bucket}/*`],
      },
    ],
  });
}
