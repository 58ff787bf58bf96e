/** Presigned URLs of both signature versions, by AWS's own examples and over HTTP, and buckets named by the host. */
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { v2Signature } from '../../src/sandbox/sigv2';
import { verifySignature } from '../../src/sandbox/sigv4';
import { expectLawful } from '../contract/lawful';
import { raw, send } from './raw';
import { startTestSandbox, type TestSandbox } from './start';

let sandbox: TestSandbox;
let s3: S3Client;
const Bucket = 'shop';

beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true, recordBodies: true });
  s3 = new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1 });
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  await sandbox.control.reset();
  await s3.send(new CreateBucketCommand({ Bucket }));
});

interface Wanted {
  readonly method?: string;
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly expiresIn?: number;
  readonly signingDate?: Date;
  readonly host?: string;
  readonly secretAccessKey?: string;
  /** Default s3. */
  readonly service?: 's3' | 'sts';
}

/** Query and host of an URL that the SDK's signer makes. */
async function presigned(wanted: Wanted): Promise<{ query: Record<string, string>; host: string }> {
  const { host: own, hostname, port } = new URL(sandbox.url);
  const host = wanted.host ?? own;
  const { accessKeyId, secretAccessKey } = sandbox.credentials;
  const settings = {
    ...sandbox.client,
    credentials: { accessKeyId, secretAccessKey: wanted.secretAccessKey ?? secretAccessKey },
  };
  const { config } = wanted.service === 'sts' ? new STSClient(settings) : new S3Client(settings);
  const payload = wanted.service === 'sts' ? {} : { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' };
  const signer = (await config.signer()) as unknown as {
    presign(request: object, options: object): Promise<{ query: Record<string, string> }>;
  };
  const { query } = await signer.presign(
    {
      method: wanted.method ?? 'GET',
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: wanted.path,
      query: { ...wanted.query },
      headers: { host, ...payload, ...wanted.headers },
    },
    { expiresIn: wanted.expiresIn ?? 60, ...(wanted.signingDate && { signingDate: wanted.signingDate }) },
  );
  return { query, host };
}

async function fetched(wanted: Wanted & { readonly body?: string }, extra: Record<string, string> = {}) {
  const { query, host } = await presigned(wanted);
  const { method = 'GET', path, body } = wanted;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const call = { method, path, query: { ...query, ...extra }, ...(body !== undefined && { body }) };
  return send(sandbox.url, call, { host, ...length });
}

/** A presigned URL of version 2, as AWS CLI 1 makes it. */
function v2Query(method: string, path: string, expires: number, query: Record<string, string> = {}) {
  const signed = { method, path, query: new URLSearchParams(query), headers: {} };
  const signature = v2Signature(signed, String(expires), sandbox.credentials.secretAccessKey);
  return {
    ...query,
    AWSAccessKeyId: sandbox.credentials.accessKeyId,
    Signature: signature,
    Expires: String(expires),
  };
}

const codeOf = ({ text }: { readonly text: string }): string | undefined =>
  /<Code>(.*)<\/Code>/.exec(text)?.[1];
const inAMinute = (): number => Math.floor(Date.now() / 1000) + 60;

describe("AWS's own examples", () => {
  const example = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  /** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
  const request = {
    method: 'GET',
    path: '/test.txt',
    query: new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
      'X-Amz-Date': '20130524T000000Z',
      'X-Amz-Expires': '86400',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    }),
    headers: { host: 'examplebucket.s3.amazonaws.com' },
    body: Buffer.alloc(0),
  };

  it('of version 4 is taken for a day and not longer', () => {
    const at = (time: string) => verifySignature(request, example, new Date(time));
    expect(at('2013-05-24T00:00:00Z')).toMatchObject({ ok: true, presigned: true, scope: { service: 's3' } });
    expect(at('2013-05-25T00:00:00Z').ok).toBe(true);
    expect(at('2013-05-25T00:00:01Z')).toMatchObject({ ok: false, problem: { kind: 'outside' } });
    expect(at('2013-05-23T23:44:59Z')).toMatchObject({ ok: false, problem: { kind: 'outside' } });
  });

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html */
  it('of version 2 has the signature that AWS computes', () => {
    const path = '/johnsmith/photos/puppy.jpg';
    const signed = { method: 'GET', path, query: new URLSearchParams(), headers: {} };
    expect(v2Signature(signed, '1175139620', example.secretAccessKey)).toBe('NpgCjnDzrM+WFzoENXmpNDUsSn8=');
  });
});

describe('a presigned URL', () => {
  it('reads, writes and asks for versions, with what it overrides', async () => {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const path = `/${Bucket}/a%20b/c%2Bd`;
    expect((await fetched({ method: 'PUT', path, body: 'first' })).status).toBe(200);
    const first = (await s3.send(new GetObjectCommand({ Bucket, Key: 'a b/c+d' }))).VersionId ?? '';
    await fetched({ method: 'PUT', path, body: 'second' });
    expect((await fetched({ path })).text).toBe('second');
    expect((await fetched({ path, query: { versionId: first } })).text).toBe('first');
    const named = await fetched({ path, query: { 'response-content-disposition': 'attachment' } });
    expect(named.headers['content-disposition']).toBe('attachment');
    expect((await fetched({ method: 'HEAD', path })).headers['content-length']).toBe('6');
    expect((await fetched({ method: 'DELETE', path })).status).toBe(204);
    expect(expectLawful(await sandbox.control.requests())).toBeGreaterThan(8);
  });

  it('carries headers in its query, as SDKs put them there', async () => {
    const path = `/${Bucket}/kept`;
    const headers = { 'x-amz-meta-note': 'by url', 'x-amz-tagging': 'a=b' };
    expect((await fetched({ method: 'PUT', path, headers, body: 'x' })).status).toBe(200);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    expect([got.Metadata, got.TagCount]).toEqual([{ note: 'by url' }, 1]);
  });

  it.each([
    ['has expired', { expiresIn: 60, signingDate: new Date(Date.now() - 120_000) }, {}, 403, 'AccessDenied'],
    ['begins later', { signingDate: new Date(Date.now() + 20 * 60_000) }, {}, 403, 'AccessDenied'],
    ['was signed with another secret', { secretAccessKey: 'x' }, {}, 403, 'SignatureDoesNotMatch'],
    ['was changed', {}, { versionId: 'v' }, 403, 'SignatureDoesNotMatch'],
    ['lives on', {}, { 'X-Amz-Expires': '604801' }, 400, 'AuthorizationQueryParametersError'],
    ['has no number', {}, { 'X-Amz-Expires': '1e3' }, 400, 'AuthorizationQueryParametersError'],
    ['has no date', {}, { 'X-Amz-Date': 'today' }, 400, 'AuthorizationQueryParametersError'],
    ['has no signature', {}, { 'X-Amz-Signature': '' }, 400, 'AuthorizationQueryParametersError'],
    ['has another algorithm', {}, { 'X-Amz-Algorithm': 'AWS4' }, 400, 'AuthorizationQueryParametersError'],
    ['has a token of somebody', {}, { 'X-Amz-Security-Token': 't' }, 403, 'InvalidAccessKeyId'],
    ['is signed in two ways', {}, { AWSAccessKeyId: 'A' }, 400, 'InvalidArgument'],
  ])('that %s is refused', async (_name, wanted, extra, status, code) => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'secret' }));
    const reply = await fetched({ path: `/${Bucket}/k`, ...wanted }, extra as Record<string, string>);
    expect([reply.status, codeOf(reply)]).toEqual([status, code]);
    expectLawful(await sandbox.control.requests());
  });

  it('is for one method, and one with a header besides is none', async () => {
    const { query, host } = await presigned({ path: `/${Bucket}/k` });
    const other = await send(sandbox.url, { method: 'DELETE', path: `/${Bucket}/k`, query }, { host });
    expect(codeOf(other)).toBe('SignatureDoesNotMatch');
    const both = await raw(sandbox, {
      path: `/${Bucket}/k`,
      query: { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256' },
    });
    expect(codeOf(both)).toBe('InvalidArgument');
  });

  it('leaves its signature in no log', async () => {
    await fetched({ path: `/${Bucket}/k` });
    await send(sandbox.url, { path: `/${Bucket}/k`, query: v2Query('GET', `/${Bucket}/k`, inAMinute()) }, {});
    const queries = (await sandbox.control.requests({ operation: 'GetObject' })).map(({ query }) => query);
    expect(queries.map((query) => /Signature=([^&]*)/.exec(query)?.[1])).toEqual(['-', '-']);
  });
});

describe('a presigned URL of version 2', () => {
  const get = (path: string, query: Record<string, string>) => send(sandbox.url, { path, query }, {});

  it('reads, with what it asks for signed as well', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'by v2' }));
    const path = `/${Bucket}/k`;
    expect((await get(path, v2Query('GET', path, inAMinute()))).text).toBe('by v2');
    const asked = { 'response-content-type': 'text/x', versionId: 'null' };
    const reply = await get(path, v2Query('GET', path, inAMinute(), asked));
    expect([reply.text, reply.headers['content-type']]).toEqual(['by v2', 'text/x']);
  });

  it('is refused late, changed, or by a stranger', async () => {
    const path = `/${Bucket}/k`;
    const good = v2Query('GET', path, inAMinute());
    const codes = await Promise.all(
      [
        v2Query('GET', path, inAMinute() - 120),
        { ...good, versionId: 'null' },
        { ...good, Expires: String(inAMinute() + 9) },
        { ...good, Expires: 'soon' },
        { ...good, AWSAccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
        v2Query('PUT', path, inAMinute()),
      ].map(async (query) => codeOf(await get(path, query))),
    );
    expect(codes).toEqual([
      'AccessDenied',
      'SignatureDoesNotMatch',
      'SignatureDoesNotMatch',
      'AuthorizationQueryParametersError',
      'InvalidAccessKeyId',
      'SignatureDoesNotMatch',
    ]);
  });
});

it('a presigned URL of STS says who made it, as tokens for Kubernetes do', async () => {
  const query = { Action: 'GetCallerIdentity', Version: '2011-06-15' };
  const { query: signed, host } = await presigned({ path: '/', query, service: 'sts', headers: {} });
  const reply = await send(sandbox.url, { path: '/', query: signed }, { host });
  expect([reply.status, reply.text]).toEqual([
    200,
    expect.stringContaining('<Account>111122223333</Account>'),
  ]);
  const late = await send(sandbox.url, { path: '/', query: { ...signed, 'X-Amz-Expires': '0' } }, { host });
  expect(codeOf(late)).toBe('SignatureDoesNotMatch');
});

describe('a bucket named by the host', () => {
  const host = (bucket = Bucket): string => `${bucket}.localhost:${new URL(sandbox.url).port}`;

  it('has its objects under paths of their own, the control plane is none of them', async () => {
    const put = await raw(sandbox, {
      method: 'PUT',
      path: '/a/b',
      headers: { host: host() },
      body: 'virtual',
    });
    expect(put.status).toBe(200);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/b' }));
    expect(await got.Body?.transformToString()).toBe('virtual');
    const list = await raw(sandbox, { path: '/', query: { 'list-type': '2' }, headers: { host: host() } });
    expect(list.text).toContain('<Key>a/b</Key>');
    await raw(sandbox, { method: 'PUT', path: '/_sandbox/ping', headers: { host: host() }, body: 'a key' });
    const key = await raw(sandbox, { path: '/_sandbox/ping', headers: { host: host() } });
    expect(key.text).toBe('a key');
    const made = await raw(sandbox, { method: 'PUT', path: '/', headers: { host: host('dot.ted') } });
    expect(made.status).toBe(200);
    expectLawful(await sandbox.control.requests());
  });

  it('takes the signature over the host as sent, in the header and in the URL', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'virtual' }));
    expect((await fetched({ path: '/k', host: host() })).text).toBe('virtual');
    const { query } = await presigned({ path: '/k', host: host() });
    const elsewhere = await send(sandbox.url, { path: '/k', query }, { host: host('other') });
    expect(codeOf(elsewhere)).toBe('SignatureDoesNotMatch');
    const v2 = v2Query('GET', `/${Bucket}/k`, inAMinute());
    expect((await send(sandbox.url, { path: '/k', query: v2 }, { host: host() })).text).toBe('virtual');
    const moved = await raw(sandbox, {
      path: '/k',
      headers: { host: host() },
      change: (headers) => ({ ...headers, host: host('other') }),
    });
    expect(codeOf(moved)).toBe('SignatureDoesNotMatch');
  });

  it('is reached by an SDK that puts buckets into host names', async () => {
    const { port } = new URL(sandbox.url);
    const signed = await raw(sandbox, {
      method: 'POST',
      path: '/made',
      query: { uploads: '' },
      headers: { host: host() },
    });
    const uploadId = /<UploadId>(.*)<\/UploadId>/.exec(signed.text)?.[1] ?? '';
    const at = { path: '/made', headers: { host: host() } };
    const part = await raw(sandbox, {
      ...at,
      method: 'PUT',
      query: { partNumber: '1', uploadId },
      body: 'part',
    });
    const done = await raw(sandbox, {
      ...at,
      method: 'POST',
      query: { uploadId },
      body: `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${part.headers['etag']}</ETag></Part></CompleteMultipartUpload>`,
    });
    expect(done.text).toContain(`<Location>http://localhost:${port}/${Bucket}/made</Location>`);
  });
});
