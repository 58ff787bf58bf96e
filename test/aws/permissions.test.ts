/** Every request to S3 names the actions that a policy has to allow for it, not itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AwsFailure } from '../../src/model/failure';
import { actionsOf } from '../../src/model/permissions';
import { failureWords } from '../../src/view/messages/failure';

/**
 * By AWS's own table of what each operation needs.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  ListBuckets: ['s3:ListAllMyBuckets'],
  HeadBucket: ['s3:ListBucket'],
  GetBucketLocation: ['s3:GetBucketLocation'],
  GetBucketPolicy: ['s3:GetBucketPolicy'],
  GetBucketVersioning: ['s3:GetBucketVersioning'],
  GetPublicAccessBlock: ['s3:GetBucketPublicAccessBlock'],
  ListObjectsV2: ['s3:ListBucket'],
  ListObjectVersions: ['s3:ListBucketVersions'],
  ListMultipartUploads: ['s3:ListBucketMultipartUploads'],
  HeadObject: ['s3:GetObject', 's3:ListBucket'],
  GetObject: ['s3:GetObject'],
  PutObject: ['s3:PutObject'],
  CreateMultipartUpload: ['s3:PutObject'],
  UploadPart: ['s3:PutObject'],
  UploadPartCopy: ['s3:PutObject', 's3:GetObject'],
  CompleteMultipartUpload: ['s3:PutObject'],
  AbortMultipartUpload: ['s3:AbortMultipartUpload'],
};

const ADAPTER = resolve(import.meta.dirname, '../../src/aws/s3');

function denied(operation: string, resource?: string): AwsFailure {
  return {
    kind: 'aws',
    reason: 'access-denied',
    service: 's3',
    operation,
    ...(resource !== undefined && { resource }),
    name: 'HTTP 403',
    message: 'HTTP 403 Forbidden',
    passing: false,
    answered: true,
  };
}

describe('the permission for a request', () => {
  it('is known for every operation of S3 that is used', () => {
    const used = readdirSync(ADAPTER).flatMap((file) =>
      [...readFileSync(join(ADAPTER, file), 'utf8').matchAll(/new (\w+)Command\(/g)].map(([, name]) => name),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(NEEDED).sort());
  });

  it.each(Object.entries(NEEDED))('%s is %j', (operation, actions) => {
    expect(actionsOf({ service: 's3', operation })).toEqual(actions);
    const [first = ''] = actions;
    expect(failureWords(denied(operation))).toContain(first);
  });

  it.each([
    ['GetObject', 's3://code/a.zip?versionId=3/L4kq', ['s3:GetObjectVersion']],
    ['HeadObject', 's3://code/a.zip?versionId=v1', ['s3:GetObjectVersion', 's3:ListBucket']],
    [
      'UploadPartCopy',
      's3://code/b.zip from s3://code/a.zip?versionId=v1',
      ['s3:PutObject', 's3:GetObjectVersion'],
    ],
    ['GetObject', 's3://code/a.zip', ['s3:GetObject']],
  ])('%s of %s is %j', (operation, resource, actions) => {
    expect(actionsOf({ service: 's3', operation, resource })).toEqual(actions);
  });

  it('is the operation itself elsewhere', () => {
    expect(actionsOf({ service: 'eks', operation: 'DescribeCluster' })).toEqual(['eks:DescribeCluster']);
  });
});

describe('a refusal in words', () => {
  it('names the object where the answer says nothing', () => {
    expect(failureWords(denied('HeadBucket', 's3://code'))).toBe(
      'Amazon S3 denied HeadBucket on s3://code. You need the permission s3:ListBucket. AWS says: HTTP 403 Forbidden',
    );
  });

  it('names every permission of a request that needs several', () => {
    expect(failureWords(denied('UploadPartCopy'))).toContain(
      'You need the permissions s3:PutObject, s3:GetObject.',
    );
  });
});
