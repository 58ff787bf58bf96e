/** S3 digests: every checksum in header and trailer, right and wrong, and bodies that are not what they say. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type ChecksumAlgorithm,
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checksumOf } from '../../src/sandbox/s3/checksum';
import { expectLawful } from '../contract/lawful';
import { type RawCall, raw } from './raw';
import { startTestSandbox, type TestSandbox } from './start';

let sandbox: TestSandbox;
let s3: S3Client;
const Bucket = 'digests';

beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true, recordBodies: true });
  s3 = new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterEach(async () => {
  expectLawful(await sandbox.control.requests());
});
afterAll(() => sandbox.stop());

const ALGORITHMS: readonly ChecksumAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'];
const codeOf = (text: string): string | undefined => text.match(/<Code>(.*)<\/Code>/)?.[1];
const put = (call: Omit<RawCall, 'path'>) => raw(sandbox, { method: 'PUT', path: `/${Bucket}/raw`, ...call });

describe('checksums', () => {
  it('equal the published check values of their algorithms', () => {
    const hex = (algorithm: ChecksumAlgorithm): string =>
      Buffer.from(checksumOf(algorithm as 'CRC32', Buffer.from('123456789')), 'base64').toString('hex');
    // https://reveng.sourceforge.io/crc-catalogue/all.htm
    expect(['CRC32', 'CRC32C', 'CRC64NVME'].map((name) => hex(name as ChecksumAlgorithm))).toEqual([
      'cbf43926',
      'e3069283',
      'ae8b14860a799888',
    ]);
  });

  it.each(ALGORITHMS)(
    '%s is verified on the way in and given back on the way out, which the SDK verifies',
    async (ChecksumAlgorithm) => {
      const Key = `key-${ChecksumAlgorithm}`;
      const field = `Checksum${ChecksumAlgorithm}`;
      const Body = Buffer.from('some bytes that are checked');
      const expected = checksumOf(ChecksumAlgorithm as 'CRC32', Body);
      expect(await s3.send(new PutObjectCommand({ Bucket, Key, Body, ChecksumAlgorithm }))).toMatchObject({
        [field]: expected,
      });
      const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
      expect(got).toMatchObject({ [field]: expected, ChecksumType: 'FULL_OBJECT' });
      expect(await got.Body!.transformToString()).toBe(Body.toString());
      const head = new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' });
      expect(await s3.send(head)).toMatchObject({ [field]: expected });
      expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).not.toHaveProperty(field);
    },
  );

  it.each(ALGORITHMS)('%s travels as a trailer behind a stream', async (ChecksumAlgorithm) => {
    const Key = `stream-${ChecksumAlgorithm}`;
    const bytes = Buffer.alloc(200_000, 'stream ');
    const chunks = [bytes.subarray(0, 70_000), bytes.subarray(70_000)];
    const Body = Readable.from(chunks);
    const sent = await s3.send(
      new PutObjectCommand({ Bucket, Key, Body, ContentLength: bytes.length, ChecksumAlgorithm }),
    );
    expect(sent).toMatchObject({
      [`Checksum${ChecksumAlgorithm}`]: checksumOf(ChecksumAlgorithm as 'CRC32', bytes),
    });
    const [entry] = (await sandbox.control.requests({ operation: 'PutObject' })).slice(-1);
    expect(entry!.exchange!.requestHeaders).toMatchObject({
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '200000',
    });
    const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(bytes.equals(await got.Body!.transformToByteArray())).toBe(true);
    expect(got.ContentEncoding).toBeUndefined();
  });

  it('are CRC64NVME where the writer sent none, and not given for a part of the object', async () => {
    await put({ body: 'bytes' });
    const whole = await s3.send(new GetObjectCommand({ Bucket, Key: 'raw' }));
    expect(whole).toMatchObject({ ChecksumCRC64NVME: checksumOf('CRC64NVME', Buffer.from('bytes')) });
    const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'raw', Range: 'bytes=1-2' }));
    expect(part.ChecksumCRC64NVME).toBeUndefined();
  });

  it.each([
    ['another checksum', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'BadDigest'],
    ['no base64', { 'x-amz-checksum-crc32': '!' }, 'InvalidRequest'],
    ['a checksum of another length', { 'x-amz-checksum-sha256': 'AAAAAA==' }, 'InvalidRequest'],
    ['two checksums', { 'x-amz-checksum-crc32': 'PQbsPQ==', 'x-amz-checksum-sha1': 'x' }, 'InvalidRequest'],
    ['an algorithm without a checksum', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 'InvalidRequest'],
    ['another MD5', { 'content-md5': createHash('md5').update('other').digest('base64') }, 'BadDigest'],
    ['no MD5', { 'content-md5': 'short' }, 'InvalidDigest'],
  ])('%s is refused', async (_name, headers, code) => {
    const reply = await put({ body: 'bytes', headers });
    expect([reply.status, codeOf(reply.text)]).toEqual([400, code]);
  });

  it('a right MD5 is taken', async () => {
    const md5 = createHash('md5').update('bytes').digest('base64');
    expect((await put({ body: 'bytes', headers: { 'content-md5': md5 } })).status).toBe(200);
  });
});

describe('aws-chunked bodies', () => {
  const crc32 = checksumOf('CRC32', Buffer.from('hello world'));
  const chunked = (body: string, more: Readonly<Record<string, string>> = {}) =>
    put({
      body,
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': '11',
        'x-amz-trailer': 'x-amz-checksum-crc32',
        ...more,
      },
    });
  const whole = `5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nx-amz-checksum-crc32:${crc32}\r\n\r\n`;

  it('are put together', async () => {
    expect((await chunked(whole)).status).toBe(200);
    expect((await raw(sandbox, { path: `/${Bucket}/raw` })).text).toBe('hello world');
  });

  it.each([
    ['another checksum', whole.replace(crc32, 'AAAAAA=='), {}, 400, 'BadDigest'],
    ['no trailer', '5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n', {}, 400, 'MalformedTrailerError'],
    ['a trailer unannounced', whole, { 'x-amz-trailer': '' }, 400, 'MalformedTrailerError'],
    ['another trailer', whole.replace('crc32', 'sha1'), {}, 400, 'MalformedTrailerError'],
    ['a chunk too short', whole.replace('hello', 'hell'), {}, 400, 'IncompleteBody'],
    ['a chunk too long', whole.replace('hello', 'hello!'), {}, 400, 'IncompleteBody'],
    ['no end', '5\r\nhello\r\n', {}, 400, 'IncompleteBody'],
    ['no size', 'hello\r\n', {}, 400, 'IncompleteBody'],
    ['nothing', '', {}, 400, 'IncompleteBody'],
    ['another length than said', whole, { 'x-amz-decoded-content-length': '12' }, 400, 'IncompleteBody'],
  ])('are refused with %s', async (_name, body, more, status, code) => {
    const reply = await chunked(body, more);
    expect([reply.status, codeOf(reply.text)]).toEqual([status, code]);
  });

  it('keep the encoding that the content itself has', async () => {
    await chunked(whole, { 'content-encoding': 'gzip,aws-chunked' });
    expect((await raw(sandbox, { path: `/${Bucket}/raw` })).headers['content-encoding']).toBe('gzip');
  });
});

it('a body of unsaid length is refused', async () => {
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'transfer-encoding': 'chunked' };
  const reply = await put({ body: 'bytes', headers });
  expect([reply.status, codeOf(reply.text)]).toEqual([411, 'MissingContentLength']);
});
