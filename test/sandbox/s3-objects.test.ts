/** S3 objects by the real SDK: bytes and what is said about them, versions, ranges, conditions, copies. */
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectLawful } from '../contract/lawful';
import { raw } from './raw';
import { startTestSandbox, type TestSandbox } from './start';

let sandbox: TestSandbox;
let s3: S3Client;
const Bucket = 'plain';
const Versioned = 'versioned';

beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true, recordBodies: true });
  s3 = new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1 });
});
afterEach(async () => {
  expectLawful(await sandbox.control.requests());
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  await sandbox.control.reset();
  for (const name of [Bucket, Versioned]) await s3.send(new CreateBucketCommand({ Bucket: name }));
  await version('Enabled');
});

const version = (Status: 'Enabled' | 'Suspended') =>
  s3.send(new PutBucketVersioningCommand({ Bucket: Versioned, VersioningConfiguration: { Status } }));
const put = (Key: string, Body: string | Buffer, more: Partial<PutObjectCommandInput> = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
  s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
const text = async (Key: string, more: Partial<GetObjectCommandInput> = {}) =>
  (await get(Key, more)).Body!.transformToString();

describe('an object', () => {
  it('comes back with its bytes and all that was said about it', async () => {
    const sent = await put('a.zip', 'bytes', {
      ContentType: 'application/zip',
      ContentEncoding: 'gzip',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment',
      ContentLanguage: 'de',
      Metadata: { digest: 'abc', commit: 'f00' },
      Tagging: 'a=1&b=two%20words',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'key-1',
    });
    expect(sent).toMatchObject({
      ETag: '"4b3a6218bb3e3a7303e8a171a60fcf92"',
      ServerSideEncryption: 'aws:kms',
    });
    const got = await get('a.zip');
    expect(await got.Body!.transformToString()).toBe('bytes');
    const described = {
      ContentType: 'application/zip',
      ContentEncoding: 'gzip',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment',
      ContentLanguage: 'de',
      Metadata: { digest: 'abc', commit: 'f00' },
      TagCount: 2,
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'key-1',
      ContentLength: 5,
      AcceptRanges: 'bytes',
      ETag: sent.ETag,
      LastModified: expect.any(Date),
    };
    expect(got).toMatchObject(described);
    expect(got.VersionId).toBeUndefined();
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'a.zip' }))).toMatchObject(described);
  });

  it('may have any key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), async (drawn) => {
        // The SDK normalizes dot segments away before it signs.
        const key = `k${drawn.replaceAll('./', '_')}k`;
        await put(key, drawn);
        expect(await text(key)).toBe(drawn);
      }),
      { numRuns: 100 },
    );
  });

  it('may be empty, and may hold a megabyte of every byte', async () => {
    await put('empty', '');
    expect(await text('empty')).toBe('');
    const bytes = Buffer.from(Array.from({ length: 1024 * 1024 }, (_, at) => (at * 31) % 256));
    await put('big', bytes);
    expect(bytes.equals(await (await get('big')).Body!.transformToByteArray())).toBe(true);
  });

  it('is described as binary, and otherwise when the reader wishes', async () => {
    await put('a', 'x');
    expect((await raw(sandbox, { path: `/${Bucket}/a` })).headers['content-type']).toBe(
      'application/octet-stream',
    );
    expect((await get('a', { ResponseContentType: 'text/q' })).ContentType).toBe('text/q');
    await raw(sandbox, { method: 'PUT', path: `/${Bucket}/b`, body: 'x' });
    expect((await get('b')).ContentType).toBe('binary/octet-stream');
  });

  it('that is not there is NoSuchKey, by HEAD NotFound', async () => {
    await expect(get('none')).rejects.toMatchObject({
      name: 'NoSuchKey',
      Key: 'none',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(get('a', { Bucket: 'nowhere' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('may not have a key, metadata or tags beyond the limits', async () => {
    await put('k'.repeat(1024), 'x');
    await expect(put('k'.repeat(1025), 'x')).rejects.toMatchObject({ name: 'KeyTooLongError' });
    await put('a', 'x', { Metadata: { a: 'v'.repeat(2047) } });
    await expect(put('a', 'x', { Metadata: { a: 'v'.repeat(2048) } })).rejects.toMatchObject({
      name: 'MetadataTooLarge',
    });
    await expect(put('a', 'x', { Tagging: 'a=1&a=2' })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  it('goes when it is deleted, and a second delete is fine', async () => {
    await put('a', 'x');
    for (const _ of [1, 2]) await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await expect(get('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('versions', () => {
  const write = (Body: string) => s3.send(new PutObjectCommand({ Bucket: Versioned, Key: 'a', Body }));
  const read = (VersionId?: string) => text('a', { Bucket: Versioned, ...(VersionId && { VersionId }) });
  const remove = (VersionId?: string) =>
    s3.send(new DeleteObjectCommand({ Bucket: Versioned, Key: 'a', ...(VersionId && { VersionId }) }));

  it('are kept, each under its id', async () => {
    const first = await write('one');
    const second = await write('two');
    expect(first.VersionId).toMatch(/^[\w.]{32}$/);
    expect(await read()).toBe('two');
    expect(await read(first.VersionId)).toBe('one');
    expect((await get('a', { Bucket: Versioned })).VersionId).toBe(second.VersionId);
    await expect(read('none')).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  it('are hidden by a delete marker, which can be deleted', async () => {
    const first = await write('one');
    const marker = await remove();
    expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
    const hidden = await raw(sandbox, { path: `/${Versioned}/a` });
    expect([hidden.status, hidden.headers['x-amz-delete-marker']]).toEqual([404, 'true']);
    await expect(read(marker.VersionId)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    expect(await read(first.VersionId)).toBe('one');
    expect(await remove(marker.VersionId)).toMatchObject({ DeleteMarker: true, VersionId: marker.VersionId });
    expect(await read()).toBe('one');
  });

  it('go for good when they are named', async () => {
    const first = await write('one');
    const second = await write('two');
    expect(await remove(second.VersionId)).toMatchObject({ VersionId: second.VersionId });
    expect(await read()).toBe('one');
    await remove(first.VersionId);
    await expect(read()).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('are called null from before versioning, and while it is suspended, when there is one at most', async () => {
    await put('a', 'unversioned');
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    await put('a', 'versioned');
    expect(await text('a', { VersionId: 'null' })).toBe('unversioned');

    const kept = await write('kept');
    await version('Suspended');
    expect((await write('first')).VersionId).toBe('null');
    await write('second');
    expect(await read('null')).toBe('second');
    expect(await read(kept.VersionId)).toBe('kept');
    expect(await remove()).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
    await remove('null');
    expect(await read()).toBe('kept');
  });
});

describe('ranges', () => {
  const bytes = '0123456789';
  beforeEach(() => put('a', bytes));

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=7-99', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', bytes, 'bytes 0-9/10'],
  ])('%s gives %s', async (Range, expected, ContentRange) => {
    const got = await get('a', { Range });
    expect(await got.Body!.transformToString()).toBe(expected);
    expect(got).toMatchObject({
      ContentRange,
      ContentLength: expected.length,
      $metadata: { httpStatusCode: 206 },
    });
  });

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('%s is out of reach', async (Range) => {
    await expect(get('a', { Range })).rejects.toMatchObject({
      name: 'InvalidRange',
      ActualObjectSize: '10',
      $metadata: { httpStatusCode: 416 },
    });
  });

  it.each(['bytes=4-2', 'bytes=1-2,4-5', 'lines=1-2', 'bytes=-'])('%s is passed over', async (Range) => {
    expect(await text('a', { Range })).toBe(bytes);
  });

  it('an empty object has an empty part', async () => {
    await put('empty', '');
    const { $metadata, ContentRange, ContentLength } = await get('empty', { PartNumber: 1 });
    expect([$metadata.httpStatusCode, ContentRange, ContentLength]).toEqual([200, undefined, 0]);
  });

  it('an empty object has none', async () => {
    await put('empty', '');
    await expect(get('empty', { Range: 'bytes=-5' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });
});

describe('conditional reads', () => {
  const past = new Date('2001-01-01');
  const future = new Date('2100-01-01');

  it('go on, or stop with 412 or 304', async () => {
    const { ETag } = await put('a', 'x');
    const outcome = (more: Partial<GetObjectCommandInput>) =>
      get('a', more).then(
        () => 200,
        (error: { $metadata: { httpStatusCode: number } }) => error.$metadata.httpStatusCode,
      );
    const cases: readonly (readonly [Partial<GetObjectCommandInput>, number])[] = [
      [{ IfMatch: ETag! }, 200],
      [{ IfMatch: '*' }, 200],
      [{ IfMatch: '"other"' }, 412],
      [{ IfNoneMatch: '"other"' }, 200],
      [{ IfNoneMatch: ETag! }, 304],
      [{ IfUnmodifiedSince: future }, 200],
      [{ IfUnmodifiedSince: past }, 412],
      [{ IfModifiedSince: past }, 200],
      [{ IfModifiedSince: future }, 304],
      [{ IfMatch: ETag!, IfUnmodifiedSince: past }, 200],
      [{ IfNoneMatch: ETag!, IfModifiedSince: past }, 304],
      [{ IfNoneMatch: '"other"', IfModifiedSince: future }, 200],
    ];
    for (const [more, status] of cases) expect([more, await outcome(more)]).toEqual([more, status]);
  });
});

describe('conditional writes', () => {
  it('If-None-Match: * writes only what is not there', async () => {
    await put('a', 'one', { IfNoneMatch: '*' });
    await expect(put('a', 'two', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      Condition: 'If-None-Match',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await text('a')).toBe('one');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await put('a', 'three', { IfNoneMatch: '*' });
  });

  it('If-None-Match: * writes over a delete marker', async () => {
    const at = { Bucket: Versioned, Key: 'a' };
    await s3.send(new PutObjectCommand({ ...at, Body: 'x' }));
    await s3.send(new DeleteObjectCommand(at));
    await s3.send(new PutObjectCommand({ ...at, Body: 'y', IfNoneMatch: '*' }));
  });

  it('If-Match writes only over what it names', async () => {
    const { ETag } = await put('a', 'one');
    await put('a', 'two', { IfMatch: ETag! });
    await expect(put('a', 'three', { IfMatch: ETag! })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put('none', 'x', { IfMatch: ETag! })).rejects.toMatchObject({
      name: 'NoSuchKey',
      Key: 'none',
    });
  });

  it('no other condition is known', async () => {
    await expect(put('a', 'x', { IfNoneMatch: '"etag"' })).rejects.toMatchObject({ name: 'NotImplemented' });
    await expect(put('a', 'x', { IfNoneMatch: '*', IfMatch: '"e"' })).rejects.toMatchObject({
      name: 'NotImplemented',
    });
  });
});

describe('copies', () => {
  const copy = (CopySource: string, more: object = {}) =>
    s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource, ...more }));

  it('take bytes and description along, or a description of their own', async () => {
    await put('a b', 'bytes', { ContentType: 'text/q', Metadata: { a: '1' }, Tagging: 'k=v' });
    const copied = await copy(`${Bucket}/a%20b`);
    expect(copied.CopyObjectResult).toMatchObject({
      ETag: '"4b3a6218bb3e3a7303e8a171a60fcf92"',
      ChecksumCRC32: expect.any(String),
    });
    expect(await get('copy')).toMatchObject({ ContentType: 'text/q', Metadata: { a: '1' }, TagCount: 1 });
    await copy(`/${Bucket}/a%20b`, {
      MetadataDirective: 'REPLACE',
      Metadata: { b: '2' },
      ContentType: 'text/k',
    });
    expect(await get('copy')).toMatchObject({ ContentType: 'text/k', Metadata: { b: '2' } });
    expect(await text('copy')).toBe('bytes');
  });

  it('can be of a former version, also over the object itself', async () => {
    const at = { Bucket: Versioned, Key: 'a' };
    const { VersionId } = await s3.send(new PutObjectCommand({ ...at, Body: 'one' }));
    await s3.send(new PutObjectCommand({ ...at, Body: 'two' }));
    const copied = await copy(`${Versioned}/a?versionId=${VersionId}`, at);
    expect(copied).toMatchObject({ CopySourceVersionId: VersionId, VersionId: expect.any(String) });
    expect(await text('a', at)).toBe('one');
  });

  it('are refused for conditions that do not hold, for a missing source, for nothing changed', async () => {
    const { ETag } = await put('a', 'x');
    await copy(`${Bucket}/a`, { CopySourceIfMatch: ETag });
    await expect(copy(`${Bucket}/a`, { CopySourceIfMatch: '"x"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(copy(`${Bucket}/a`, { CopySourceIfNoneMatch: ETag })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(copy(`${Bucket}/none`)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(copy('nowhere/a')).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(copy(Bucket)).rejects.toMatchObject({ name: 'InvalidArgument' });
    await expect(copy(`${Bucket}/a`, { Key: 'a' })).rejects.toMatchObject({ name: 'InvalidRequest' });
    await expect(copy(`${Bucket}/a`, { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
  });
});
