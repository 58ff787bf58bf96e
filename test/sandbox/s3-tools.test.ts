/** What tools of others ask of S3, by the real SDK: the first list, bulk deletes, bucket deletion, tags, attributes. */
import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectAttributesCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  type ListObjectsCommandInput,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectLawful } from '../contract/lawful';
import { raw } from './raw';
import { startTestSandbox, type TestSandbox } from './start';

let sandbox: TestSandbox;
let s3: S3Client;
const Bucket = 'shop';

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
  await s3.send(new CreateBucketCommand({ Bucket }));
});

const versioned = () =>
  s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
const put = async (Key: string, Body = Key): Promise<string | undefined> =>
  (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
const codeOf = ({ text }: { readonly text: string }): string | undefined =>
  /<Code>(.*?)<\/Code>/.exec(text)?.[1];

describe('ListObjects', () => {
  const KEYS = ['a', 'd/1', 'd/2', 'd/3', 'e/1', 'f', 'ü \u0001+'];

  /** Every page, followed as boto3 does: by NextMarker, else by the last key. */
  async function all(
    input: Omit<ListObjectsCommandInput, 'Bucket'>,
  ): Promise<readonly (readonly string[])[]> {
    const pages: (readonly string[])[] = [];
    let Marker: string | undefined;
    do {
      const page = await s3.send(new ListObjectsCommand({ Bucket, ...input, ...(Marker && { Marker }) }));
      const keys = (page.Contents ?? []).map(({ Key = '' }) => Key);
      pages.push([...keys, ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix)]);
      expect(page.NextMarker !== undefined).toBe(page.IsTruncated === true && input.Delimiter !== undefined);
      Marker = page.IsTruncated ? (page.NextMarker ?? keys.at(-1)) : undefined;
      if (page.IsTruncated) expect(Marker).toBeDefined();
    } while (Marker !== undefined);
    return pages;
  }

  it('gives each object once in pages of any size, grouped or not', async () => {
    for (const key of KEYS) await put(key);
    const url = { EncodingType: 'url' as const };
    const decoded = (keys: readonly string[]) =>
      keys.map((key) => decodeURIComponent(key.replaceAll('+', ' ')));
    expect(decoded((await all(url)).flat())).toEqual(KEYS);
    for (const MaxKeys of [1, 2, 3]) {
      const Prefix = 'd/';
      expect((await all({ Prefix, MaxKeys })).flat()).toEqual(['d/1', 'd/2', 'd/3']);
      const groups = await all({ Delimiter: '/', MaxKeys, ...url });
      expect(decoded(groups.flat()).sort()).toEqual(['a', 'd/', 'e/', 'f', 'ü \u0001+']);
      expect(groups.every((page) => page.length <= MaxKeys)).toBe(true);
    }
  });

  it('shows owners and hides what is deleted', async () => {
    await versioned();
    await put('a');
    await put('b');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const { Contents } = await s3.send(new ListObjectsCommand({ Bucket }));
    expect(Contents?.map(({ Key, Owner }) => [Key, Owner?.ID])).toEqual([['b', '111122223333']]);
  });
});

describe('DeleteObjects', () => {
  it('removes what is there, says yes to what is not, and keeps white space in keys', async () => {
    const keys = ['plain', ' led and trailed ', 'a&b<c>"d\'', 'ü', 'line\nend'];
    for (const key of keys) await put(key);
    await put('kept');
    const Objects = [...keys, 'never was'].map((Key) => ({ Key }));
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Errors).toBeUndefined();
    expect(Deleted?.map(({ Key }) => Key)).toEqual([...keys, 'never was']);
    const left = await s3.send(new ListObjectsCommand({ Bucket }));
    expect(left.Contents?.map(({ Key }) => Key)).toEqual(['kept']);
  });

  it('makes delete markers, and removes versions and markers for good', async () => {
    await versioned();
    const [first, second] = [await put('k', '1'), await put('k', '2')];
    const hide = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'k' }] } }));
    const marker = hide.Deleted?.[0]?.DeleteMarkerVersionId;
    expect(hide.Deleted).toEqual([{ Key: 'k', DeleteMarker: true, DeleteMarkerVersionId: marker }]);
    const Objects = [
      { Key: 'k', VersionId: marker },
      { Key: 'k', VersionId: first },
    ];
    const gone = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(gone.Deleted).toEqual([
      { Key: 'k', VersionId: marker, DeleteMarker: true, DeleteMarkerVersionId: marker },
      { Key: 'k', VersionId: first },
    ]);
    const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions?.map(({ VersionId }) => VersionId), DeleteMarkers]).toEqual([[second], undefined]);
  });

  it('names errors alone when it is to be quiet', async () => {
    await put('a');
    await put('b');
    const Objects = [{ Key: 'a' }, { Key: 'b', ETag: '"another"' }];
    const { Deleted, Errors } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    expect(Deleted).toBeUndefined();
    expect(Errors).toEqual([{ Key: 'b', Code: 'PreconditionFailed', Message: expect.stringMatching(/./) }]);
    const one = new DeleteObjectCommand({ Bucket, Key: 'b', IfMatch: '"another"' });
    await expect(s3.send(one)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect((await s3.send(new ListObjectsCommand({ Bucket }))).Contents).toHaveLength(1);
  });

  it('wants a digest that fits, and a document of up to a thousand keys', async () => {
    await put('k');
    const one = '<Object><Key>k</Key></Object>';
    const send = (body: string, headers: Record<string, string>) =>
      raw(sandbox, { method: 'POST', path: `/${Bucket}`, query: { delete: '' }, body, headers });
    const md5 = (body: string) => ({ 'content-md5': createHash('md5').update(body).digest('base64') });
    const good = `<Delete>${one}</Delete>`;
    expect(codeOf(await send(good, {}))).toBe('InvalidRequest');
    expect(codeOf(await send(good, md5('another')))).toBe('BadDigest');
    expect(codeOf(await send(good, { 'content-md5': 'x' }))).toBe('InvalidDigest');
    expect(codeOf(await send(good, { 'x-amz-checksum-crc32': 'AAAAAA==' }))).toBe('BadDigest');
    for (const wrong of [
      '<Delete></Delete>',
      'none',
      `<Delete>${one}<Object></Object></Delete>`,
      `<Delete>${one.repeat(1001)}</Delete>`,
    ])
      expect([wrong.length, codeOf(await send(wrong, md5(wrong)))]).toEqual([wrong.length, 'MalformedXML']);
    expect((await s3.send(new ListObjectsCommand({ Bucket }))).Contents).toHaveLength(1);
    expect((await send(good, md5(good))).text).toContain('<Deleted><Key>k</Key></Deleted>');
  });
});

describe('DeleteBucket', () => {
  it('waits until every version is gone, and takes unfinished uploads along', async () => {
    await versioned();
    const VersionId = await put('k');
    const remove = () => s3.send(new DeleteBucketCommand({ Bucket }));
    await expect(remove()).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    const { VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await expect(remove()).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    for (const one of [VersionId, marker])
      await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: one }));
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'u' }));
    await remove();
    await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
    await expect(remove()).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await s3.send(new CreateBucketCommand({ Bucket }));
    await expect(s3.send(new ListPartsCommand({ Bucket, Key: 'u', UploadId }))).rejects.toMatchObject({
      name: 'NoSuchUpload',
    });
  });
});

describe('tags', () => {
  const tagsOf = async (VersionId?: string) =>
    (await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k', VersionId }))).TagSet;
  const tag = (TagSet: { Key: string; Value: string }[], VersionId?: string) =>
    s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', VersionId, Tagging: { TagSet } }));

  it('are each version’s own, set with the object or later, and go', async () => {
    await versioned();
    const first = (
      await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '1', Tagging: 'a=b%20c&d=' }))
    ).VersionId;
    await put('k', '2');
    expect(await tagsOf(first)).toEqual([
      { Key: 'a', Value: 'b c' },
      { Key: 'd', Value: '' },
    ]);
    expect(await tagsOf()).toEqual([]);
    const odd = [
      { Key: ' ü +-=._:/@', Value: ' x ' },
      { Key: '__proto__', Value: 'kept' },
    ];
    await tag(odd);
    expect(await tagsOf()).toEqual(odd);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).TagCount).toBe(2);
    await tag([{ Key: 'n', Value: 'v' }], first);
    expect(await tagsOf(first)).toEqual([{ Key: 'n', Value: 'v' }]);
    const gone = await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k', VersionId: first }));
    expect(gone.VersionId).toBe(first);
    expect([await tagsOf(first), await tagsOf()]).toEqual([[], odd]);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await expect(tagsOf()).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('are copied unless others are named, whatever becomes of the metadata', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'from', Body: 'x', Tagging: 'a=1' }));
    const copy = async (more: object) => {
      await s3.send(
        new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/from`, Tagging: 'b=2', ...more }),
      );
      return (await tagsOf())?.map(({ Key }) => Key);
    };
    expect(await copy({})).toEqual(['a']);
    expect(await copy({ MetadataDirective: 'REPLACE' })).toEqual(['a']);
    expect(await copy({ TaggingDirective: 'REPLACE' })).toEqual(['b']);
  });

  it.each([
    [
      'twice',
      [
        ['a', '1'],
        ['a', '2'],
      ],
      'InvalidTag',
    ],
    ['of the system', [['aws:x', '1']], 'InvalidTag'],
    ['without a name', [['', '1']], 'InvalidTag'],
    ['with a long name', [['n'.repeat(129), '1']], 'InvalidTag'],
    ['with a long value', [['a', 'v'.repeat(257)]], 'InvalidTag'],
    ['with signs that none may have', [['a', 'b?c']], 'InvalidTag'],
    ['eleven', Array.from({ length: 11 }, (_, at) => [`t${at}`, '']), 'BadRequest'],
  ])('%s are refused', async (_name, tags, code) => {
    await put('k');
    const TagSet = tags.map(([Key = '', Value = '']) => ({ Key, Value }));
    await expect(tag(TagSet)).rejects.toMatchObject({ name: code });
    expect(await tagsOf()).toEqual([]);
  });
});

describe('GetObjectAttributes', () => {
  it('gives what it is asked for, of the version that it is asked for', async () => {
    await versioned();
    const VersionId = await put('k', 'first');
    await put('k', 'longer');
    const ask = (ObjectAttributes: ('ETag' | 'ObjectSize' | 'StorageClass' | 'Checksum' | 'ObjectParts')[]) =>
      s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'k', VersionId, ObjectAttributes }));
    expect(await ask(['ObjectSize'])).toMatchObject({ ObjectSize: 5, VersionId });
    const all = await ask(['ETag', 'ObjectSize', 'StorageClass', 'Checksum', 'ObjectParts']);
    expect(all).toMatchObject({
      ETag: createHash('md5').update('first').digest('hex'),
      StorageClass: 'STANDARD',
      Checksum: { ChecksumType: 'FULL_OBJECT' },
    });
    expect(all.ObjectParts).toBeUndefined();
    for (const headers of [{}, { 'x-amz-object-attributes': 'Colour' }]) {
      const reply = await raw(sandbox, { path: `/${Bucket}/k`, query: { attributes: '' }, headers });
      expect(codeOf(reply)).toBe('InvalidArgument');
    }
  });

  it('pages through the parts of an upload', async () => {
    const at = { Bucket, Key: 'parts' };
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: 'SHA256' }),
    );
    const sizes = [5 * 1024 ** 2, 5 * 1024 ** 2, 7];
    const Parts = [];
    for (const [index, size] of sizes.entries()) {
      const PartNumber = index + 1;
      const sent = await s3.send(
        new UploadPartCommand({
          ...at,
          UploadId,
          PartNumber,
          Body: Buffer.alloc(size, PartNumber),
          ChecksumAlgorithm: 'SHA256',
        }),
      );
      Parts.push({ PartNumber, ETag: sent.ETag, ChecksumSHA256: sent.ChecksumSHA256 });
    }
    await s3.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }));
    await sandbox.control.clearRequests();
    const ask = async (PartNumberMarker?: string) =>
      (
        await s3.send(
          new GetObjectAttributesCommand({
            ...at,
            ObjectAttributes: ['ObjectParts'],
            MaxParts: 2,
            PartNumberMarker,
          }),
        )
      ).ObjectParts;
    const first = await ask();
    expect(first).toMatchObject({ TotalPartsCount: 3, IsTruncated: true, NextPartNumberMarker: '2' });
    const second = await ask(first?.NextPartNumberMarker);
    expect(second?.IsTruncated).toBe(false);
    expect([...(first?.Parts ?? []), ...(second?.Parts ?? [])]).toEqual(
      Parts.map(({ ETag: _etag, ...part }, index) => ({ ...part, Size: sizes[index] })),
    );
  });
});
