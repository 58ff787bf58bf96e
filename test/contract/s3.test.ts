/** The sandbox's S3 and the SDK, held against the official model of S3. */
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { expectLawful } from './lawful';
import { modelsMissing } from './model';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox({ recordBodies: true });
}, 30_000);
afterAll(() => sandbox.stop());

const Bucket = 'acme-kdb-code-111122223333';

test('what a deployment says to S3 and hears from it is as the model has it', async () => {
  const s3 = new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1 });
  const Key = 'a b/c.zip';
  await s3.send(new ListBucketsCommand({}));
  await s3.send(new GetBucketLocationCommand({ Bucket }));
  await s3
    .send(new GetBucketLocationCommand({ Bucket: 'acme-kdb-code-emea-111122223333' }))
    .catch(() => undefined);
  await s3.send(new GetBucketVersioningCommand({ Bucket }));
  await s3.send(new GetBucketPolicyCommand({ Bucket }));
  await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  await s3.send(
    new PutObjectCommand({ Bucket, Key, Body: 'one', IfNoneMatch: '*', Metadata: { by: 'test' } }),
  );
  await expect(
    s3.send(new PutObjectCommand({ Bucket, Key, Body: 'two', IfNoneMatch: '*' })),
  ).rejects.toThrow();
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'three' }));
  await s3.send(new HeadObjectCommand({ Bucket, Key }));
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toThrow();
  const read = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=1-2' }));
  expect(await read.Body?.transformToString()).toBe('hr');
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'none' }))).rejects.toThrow();
  await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'a' }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'a' }));

  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const { ETag } = await s3.send(
    new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }),
  );
  await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
  await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
  const other = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: other.UploadId }));

  const judged = expectLawful(await sandbox.control.requests());
  if (modelsMissing === undefined) expect(judged).toBeGreaterThanOrEqual(22);
});
