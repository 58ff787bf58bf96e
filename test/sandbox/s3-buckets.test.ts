/** S3 buckets and lists by the real SDK: settings, regions, owners, and every page of every list. */
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandInput,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Bucket as StoredBucket } from '../../src/sandbox/s3/bucket';
import { openBucket } from '../../src/sandbox/s3/call';
import { pageOf } from '../../src/sandbox/s3/paging';
import { refusalReply } from '../../src/sandbox/s3/refusal';
import { ObjectStore } from '../../src/sandbox/s3/store';
import { Uploads } from '../../src/sandbox/s3/uploads';
import { expectLawful } from '../contract/lawful';
import { raw } from './raw';
import { startTestSandbox, type TestSandbox } from './start';

let sandbox: TestSandbox;
let s3: S3Client;
let tokyo: S3Client;
const Bucket = 'shop';

beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true, recordBodies: true });
  s3 = new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1 });
  tokyo = new S3Client({ ...sandbox.client, region: 'ap-northeast-1', forcePathStyle: true, maxAttempts: 1 });
});
afterEach(async () => {
  expectLawful(await sandbox.control.requests());
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  await sandbox.control.reset();
  await s3.send(new CreateBucketCommand({ Bucket }));
});

const inTokyo = {
  Bucket: 'tokyo',
  CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-1' as const },
};

describe('buckets', () => {
  it('are listed with their regions, in pages', async () => {
    await tokyo.send(new CreateBucketCommand(inTokyo));
    await s3.send(new CreateBucketCommand({ Bucket: 'third' }));
    const all = await s3.send(new ListBucketsCommand({}));
    expect(all.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
      ['shop', 'us-east-1'],
      ['third', 'us-east-1'],
      ['tokyo', 'ap-northeast-1'],
    ]);
    const first = await s3.send(new ListBucketsCommand({ MaxBuckets: 2 }));
    const second = await s3.send(
      new ListBucketsCommand({ MaxBuckets: 2, ContinuationToken: first.ContinuationToken }),
    );
    expect([...first.Buckets!, ...second.Buckets!]).toEqual(all.Buckets);
    expect(second.ContinuationToken).toBeUndefined();
    expect((await s3.send(new ListBucketsCommand({ Prefix: 't' }))).Buckets).toHaveLength(2);
    const one = await s3.send(new ListBucketsCommand({ BucketRegion: 'ap-northeast-1' }));
    expect(one.Buckets?.map(({ Name }) => Name)).toEqual(['tokyo']);
  });

  it('are made once, under a fit name, where the request goes', async () => {
    const create = (name: string) => s3.send(new CreateBucketCommand({ Bucket: name }));
    await expect(create(Bucket)).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
    for (const name of ['UP', 'a..b', '-ab', '10.0.0.1']) {
      const reply = await raw(sandbox, { method: 'PUT', path: `/${name}` });
      expect([name, reply.text.match(/<Code>(.*)<\/Code>/)?.[1]]).toEqual([name, 'InvalidBucketName']);
    }
    await expect(s3.send(new CreateBucketCommand(inTokyo))).rejects.toMatchObject({
      name: 'IllegalLocationConstraintException',
    });
  });

  it('say from any region where they are, and everything else only there', async () => {
    await tokyo.send(new CreateBucketCommand(inTokyo));
    const at = { Bucket: 'tokyo' };
    expect((await s3.send(new GetBucketLocationCommand(at))).LocationConstraint).toBe('ap-northeast-1');
    expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
    const away = await s3.send(new ListObjectsV2Command(at)).catch((error: unknown) => error);
    expect(away).toMatchObject({
      name: 'PermanentRedirect',
      $metadata: { httpStatusCode: 301 },
      $response: { headers: { 'x-amz-bucket-region': 'ap-northeast-1' } },
    });
    await expect(s3.send(new HeadBucketCommand(at))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 301 },
    });
    expect(await tokyo.send(new HeadBucketCommand(at))).toMatchObject({ BucketRegion: 'ap-northeast-1' });
    const following = new S3Client({ ...sandbox.client, forcePathStyle: true, followRegionRedirects: true });
    expect(await following.send(new ListObjectsV2Command(at))).toMatchObject({ KeyCount: 0 });
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'nowhere' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('keep versioning, policy and public access block', async () => {
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    for (const Status of ['Enabled', 'Suspended'] as const) {
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
      expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe(Status);
    }
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });

    const block = () => s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    await expect(block()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    expect(await block()).toMatchObject({ PublicAccessBlockConfiguration });
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await expect(block()).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
  });

  it('refuse an owner that is not theirs, and documents that are none', async () => {
    const mine = { Bucket, ExpectedBucketOwner: '111122223333' };
    await s3.send(new ListObjectsV2Command(mine));
    const other = new ListObjectsV2Command({ Bucket, ExpectedBucketOwner: '999999999999' });
    await expect(s3.send(other)).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    for (const body of [
      '',
      'text',
      '<a>',
      '<a></b>',
      '<VersioningConfiguration><Status>On</Status></VersioningConfiguration>',
    ]) {
      const reply = await raw(sandbox, {
        method: 'PUT',
        path: `/${Bucket}`,
        query: { versioning: '' },
        body,
      });
      expect([body, reply.text.match(/<Code>(.*)<\/Code>/)?.[1]]).toEqual([body, 'MalformedXML']);
    }
  });

  it('of another account are closed, whatever is asked', () => {
    const clock = { now: () => 0, elapsed: () => 0 };
    const objects = new ObjectStore(clock, '111122223333');
    objects.createBucket('theirs', { region: 'us-east-1', versioning: 'Off', owner: '999999999999' });
    const request = {
      method: 'GET',
      path: '/theirs',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.alloc(0),
      region: 'us-east-1',
      requestId: 'r1',
    };
    try {
      openBucket({ objects, uploads: new Uploads(clock) }, request, 'theirs', 'us-east-1');
      expect.unreachable();
    } catch (thrown) {
      expect(refusalReply(thrown, 'r1')).toMatchObject({
        status: 403,
        body: expect.stringContaining('<RequestId>r1<'),
      });
    }
  });

  it('have no operations but those of the sandbox, and it says so', async () => {
    for (const query of [{ acl: '' }, { tagging: '' }, { lifecycle: '' }]) {
      const reply = await raw(sandbox, { path: `/${Bucket}`, query });
      expect([reply.status, reply.text]).toEqual([
        501,
        expect.stringContaining('<Code>NotImplemented</Code>'),
      ]);
    }
  });
});

describe('ListObjectsV2', () => {
  const put = async (...keys: readonly string[]) => {
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  };
  const pages = async (input: Partial<ListObjectsV2CommandInput>) => {
    const found: string[][] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket, ...input, ...(ContinuationToken && { ContinuationToken }) }),
      );
      const names = [
        ...(page.Contents ?? []).map(({ Key }) => Key!),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix!),
      ];
      expect(page.KeyCount).toBe(names.length);
      expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
      found.push(names);
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    return found;
  };

  it('gives pages in the order of UTF-8', async () => {
    await put('b', 'a', 'é', '\u{1F600}', '\uFFEE', 'A');
    expect(await pages({ MaxKeys: 2 })).toEqual([
      ['A', 'a'],
      ['b', 'é'],
      ['\uFFEE', '\u{1F600}'],
    ]);
    expect(await pages({ StartAfter: 'b' })).toEqual([['é', '\uFFEE', '\u{1F600}']]);
    expect(await pages({ MaxKeys: 0 })).toEqual([[]]);
  });

  it('groups by delimiter, across pages', async () => {
    await put('a/1', 'a/2', 'a/b/3', 'b', 'c/4', 'd');
    expect(await pages({ Delimiter: '/' })).toEqual([['b', 'd', 'a/', 'c/']]);
    expect(await pages({ Delimiter: '/', MaxKeys: 1 })).toEqual([['a/'], ['b'], ['c/'], ['d']]);
    expect(await pages({ Delimiter: '/', Prefix: 'a/' })).toEqual([['a/1', 'a/2', 'a/b/']]);
  });

  it('shows size, tag, date, class and, when asked, owner', async () => {
    await put('a');
    const page = await s3.send(new ListObjectsV2Command({ Bucket, FetchOwner: true }));
    expect(page.Contents).toEqual([
      {
        Key: 'a',
        Size: 1,
        ETag: '"0cc175b9c0f1b6a831c399e269772661"',
        LastModified: expect.any(Date),
        StorageClass: 'STANDARD',
        ChecksumAlgorithm: ['CRC32'],
        ChecksumType: 'FULL_OBJECT',
        Owner: { ID: '111122223333' },
      },
    ]);
  });

  it('can encode what XML cannot hold', async () => {
    await put('a b/é&<>+~(1).q');
    const page = await s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
    expect(page.Contents?.[0]?.Key).toBe('a+b/%C3%A9%26%3C%3E%2B%7E%281%29.q');
    const plain = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(plain.Contents?.[0]?.Key).toBe('a b/é&<>+~(1).q');
  });

  it('refuses a token or a count that is none', async () => {
    for (const more of [
      { ContinuationToken: 'x' },
      { ContinuationToken: Buffer.from('[1]').toString('base64url') },
    ]) {
      await expect(s3.send(new ListObjectsV2Command({ Bucket, ...more }))).rejects.toMatchObject({
        name: 'InvalidArgument',
      });
    }
    const reply = await raw(sandbox, { path: `/${Bucket}`, query: { 'list-type': '2', 'max-keys': 'x' } });
    expect(reply.text).toContain('<Code>InvalidArgument</Code>');
  });
});

describe('ListObjectVersions', () => {
  it('gives every version and delete marker, newest first, page by page', async () => {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const wanted: string[] = [];
    for (const Key of ['a', 'b', 'd/x']) {
      const ids: string[] = [];
      for (const Body of ['1', '2'])
        ids.unshift((await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId!);
      if (Key === 'a') ids.unshift((await s3.send(new DeleteObjectCommand({ Bucket, Key }))).VersionId!);
      wanted.push(...ids.map((id, at) => `${Key} ${id} ${at === 0}`));
    }
    for (const MaxKeys of [1, 2, 3, 1000]) {
      const found: string[] = [];
      let markers: Partial<ListObjectVersionsCommandInput> = {};
      for (;;) {
        const page = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys, ...markers }));
        const items = [...(page.DeleteMarkers ?? []), ...(page.Versions ?? [])];
        found.push(...items.map(({ Key, VersionId, IsLatest }) => `${Key} ${VersionId} ${IsLatest}`));
        if (!page.IsTruncated) break;
        markers = { KeyMarker: page.NextKeyMarker!, VersionIdMarker: page.NextVersionIdMarker! };
      }
      expect(found).toEqual(wanted);
    }
    const [newestOfB, oldestOfB] = wanted.filter((one) => one.startsWith('b '));
    const gone = { KeyMarker: 'b', VersionIdMarker: newestOfB!.split(' ')[1]! };
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'b', VersionId: gone.VersionIdMarker }));
    const after = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 1, ...gone }));
    expect(after.Versions?.map(({ Key, VersionId }) => `${Key} ${VersionId} false`)).toEqual([oldestOfB]);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'b', Body: '2' }));
    const grouped = await s3.send(new ListObjectVersionsCommand({ Bucket, Delimiter: '/', KeyMarker: 'a' }));
    expect(grouped.Versions?.map(({ Key }) => Key)).toEqual(['b', 'b']);
    expect(grouped.CommonPrefixes).toEqual([{ Prefix: 'd/' }]);
    const bare = new ListObjectVersionsCommand({ Bucket, VersionIdMarker: 'x' });
    await expect(s3.send(bare)).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

it('pages of any size together are the whole list, grouped or not', () => {
  const keys = fc.uniqueArray(fc.stringMatching(/^[ab/]{1,5}$/), { maxLength: 12 });
  fc.assert(
    fc.property(
      keys,
      fc.constantFrom('', '/', 'b'),
      fc.constantFrom('', 'a', 'a/'),
      fc.integer({ min: 1, max: 5 }),
      (drawn, delimiter, prefix, size) => {
        const items = drawn.sort().map((key) => ({ key }));
        const whole = pageOf(items, { prefix, delimiter, size: 1000 });
        const found: { items: string[]; prefixes: string[] } = { items: [], prefixes: [] };
        let from: { after: string; afterPrefix?: string } = { after: '' };
        for (;;) {
          const page = pageOf(
            items.filter(({ key }) => key > from.after),
            { prefix, delimiter, size, ...from },
          );
          found.items.push(...page.items.map(({ key }) => key));
          found.prefixes.push(...page.prefixes);
          if (!page.next) break;
          expect(page.items.length + page.prefixes.length).toBe(size);
          from =
            'item' in page.next
              ? { after: page.next.item.key }
              : { after: page.next.prefix, afterPrefix: page.next.prefix };
        }
        expect(found).toEqual({ items: whole.items.map(({ key }) => key), prefixes: whole.prefixes });
        expect(whole.next).toBeUndefined();
      },
    ),
    { numRuns: 1000 },
  );
});

it('the store gives services inside of the sandbox the same objects', () => {
  let time = 0;
  const store = new ObjectStore({ now: () => (time += 1), elapsed: () => 0 }, '111122223333');
  const bucket = store.createBucket('inside', { region: 'us-east-1', versioning: 'Enabled' });
  expect(bucket).toBeInstanceOf(StoredBucket);
  expect(() => store.createBucket('inside', { region: 'us-east-1', versioning: 'Off' })).toThrow('inside');
  const { versionId } = store.put('inside', 'a', Buffer.from('one'));
  store.put('inside', 'a', Buffer.from('two'));
  expect(store.get('inside', 'a')?.bytes.toString()).toBe('two');
  expect(store.get('inside', 'a', versionId)).toEqual({
    bytes: Buffer.from('one'),
    versionId,
    lastModified: 2,
  });
  bucket.hide('a');
  expect(store.get('inside', 'a')).toBeUndefined();
  expect(store.get('nowhere', 'a')).toBeUndefined();
  store.createBucket('plain', { region: 'us-east-1', versioning: 'Off' });
  store.put('plain', 'a', Buffer.from('x'));
  expect(store.get('plain', 'a')?.versionId).toBeUndefined();
  expect(() => store.put('nowhere', 'a', Buffer.from('x'))).toThrow('nowhere');
});

it('a key with a slash at its start is its own', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: '/a', Body: 'x' }));
  expect(await (await s3.send(new GetObjectCommand({ Bucket, Key: '/a' }))).Body!.transformToString()).toBe(
    'x',
  );
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
});
