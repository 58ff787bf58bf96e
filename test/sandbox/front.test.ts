/** The sandbox's front over real HTTP: who gets in, which error each service gives, what is remembered. */
import { connect } from 'node:net';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signatureError } from '../../src/sandbox/signature-errors';
import { raw, send, signed } from './raw';
import { startTestSandbox, type TestSandbox } from './start';

let sandbox: TestSandbox;
let s3: S3Client;

beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true });
  s3 = new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1 });
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.control.reset());

describe('host names', () => {
  it.each(['127.0.0.1:80', 'localhost', 'LOCALHOST:1234', '[::1]:99'])('answers %s', async (host) => {
    const reply = await raw(sandbox, { path: '/', headers: { host } });
    expect(reply.status).toBe(200);
  });

  it.each([
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost.evil.example:80',
    '10.0.0.1',
    '127.0.0.1:80@evil',
    'evil.example#.localhost',
    'evil.example:80@shop.localhost',
    'shop.localhost.',
    '.localhost',
    'shop.127.0.0.1',
  ])('turns "%s" away, also from the control plane', async (host) => {
    const token = { 'x-sandbox-token': sandbox.controlToken };
    expect((await raw(sandbox, { path: '/', headers: { host } })).status).toBe(421);
    expect((await send(sandbox.url, { path: '/_sandbox/ping' }, { host, ...token })).status).toBe(421);
  });

  it('listens on the loopback address alone', () => {
    expect(new URL(sandbox.url).hostname).toBe('127.0.0.1');
  });
});

it('answers requests that are not signed in the words of the service that they are for', async () => {
  const answer = async (path: string, call: { method?: string; headers?: Record<string, string> } = {}) => {
    const { host } = new URL(sandbox.url);
    const reply = await send(sandbox.url, { path, ...call }, { host, ...call.headers });
    return [reply.status, reply.headers['content-type'], reply.text] as const;
  };
  const inS3 = [
    403,
    'application/xml',
    expect.stringContaining('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'),
  ];
  expect(await answer('/bucket/key')).toEqual(inS3);
  expect(await answer('/')).toEqual(inS3);
  expect(await answer('/clusters', { headers: { host: 'shop.localhost' } })).toEqual(inS3);
  expect(await answer('/_sandbox/ping', { headers: { host: 'shop.localhost' } })).toEqual(inS3);
  const head = await answer('/bucket/key', { method: 'HEAD' });
  expect(head).toEqual([403, 'application/xml', '']);
  const inJson = ['application/json', expect.stringContaining('Missing Authentication Token')];
  expect(await answer('/clusters/a/node-groups')).toEqual([403, ...inJson]);
  expect(await answer('/kx/environments')).toEqual([403, ...inJson]);
  const target = { 'x-amz-target': 'AmazonSSM.GetParameter' };
  expect((await answer('/', { method: 'POST', headers: target }))[2]).toContain('"__type":"MissingAuth');
  expect((await answer('/', { method: 'POST' }))[2]).toContain('<Code>MissingAuthenticationToken</Code>');
  const bad = { authorization: 'Basic abc' };
  expect((await answer('/bucket', { headers: bad }))[2]).toContain('<Code>InvalidRequest<');
});

describe('signatures', () => {
  const stranger = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) };
  const longAgo = (): Date => new Date(Date.now() - 16 * 60_000);
  const ahead = (): Date => new Date(Date.now() + 16 * 60_000);

  it.each([
    ['a stranger', () => ({ credentials: stranger }), 403, 'InvalidAccessKeyId'],
    [
      'a wrong secret',
      () => ({ credentials: { ...sandbox.credentials, secretAccessKey: 'x' } }),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'a session token of somebody',
      () => ({ credentials: { ...sandbox.credentials, sessionToken: 't' } }),
      403,
      'InvalidAccessKeyId',
    ],
    ['a date too long ago', () => ({ signingDate: longAgo() }), 403, 'RequestTimeTooSkewed'],
    ['a date too far ahead', () => ({ signingDate: ahead() }), 403, 'RequestTimeTooSkewed'],
    ['another body', () => ({ method: 'PUT', body: 'one', sent: 'two' }), 400, 'XAmzContentSHA256Mismatch'],
    [
      'a path changed',
      () => ({ change: (headers: object) => ({ ...headers, 'x-amz-date': '20000101T000000Z' }) }),
      400,
      'AuthorizationHeaderMalformed',
    ],
    [
      'a header added',
      () => ({ change: (headers: object) => ({ ...headers, 'x-amz-acl': 'public-read' }) }),
      403,
      'AccessDenied',
    ],
    [
      'chunks signed one by one',
      () => ({ headers: { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' } }),
      501,
      'NotImplemented',
    ],
  ])('S3 refuses %s', async (_name, change, status, code) => {
    const reply = await raw(sandbox, { path: '/bucket/key', ...change() });
    expect([reply.status, reply.text.match(/<Code>(.*)<\/Code>/)?.[1]]).toEqual([status, code]);
  });

  it('takes dates inside of a quarter of an hour', async () => {
    const inside = new Date(Date.now() - 14 * 60_000);
    expect((await raw(sandbox, { path: '/', signingDate: inside })).status).toBe(200);
  });

  it('says so to a request that is not signed, or for a service that is not there', async () => {
    const bare = await send(sandbox.url, { path: '/clusters' }, {});
    expect(bare.status).toBe(403);
    expect(bare.headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException');
    const headers = await signed(sandbox, { path: '/' });
    const elsewhere = { ...headers, authorization: headers['authorization']!.replace('/s3/', '/sqs/') };
    expect((await send(sandbox.url, { path: '/' }, elsewhere)).status).toBe(403);
  });

  it('finds the error that each protocol has for each problem', () => {
    const now = new Date('2026-01-01T12:00:00Z');
    const sent = new Date('2026-01-01T11:00:00Z');
    const codes = (service: string): readonly string[] =>
      [
        { kind: 'missing' as const },
        { kind: 'unknown-key' as const },
        { kind: 'malformed' as const, detail: '' },
        { kind: 'skewed' as const, sent, now },
        { kind: 'mismatch' as const },
      ].map((problem) => {
        const { status, code } = signatureError(problem, service);
        return `${status} ${code}`;
      });
    expect(codes('eks')).toEqual([
      '403 MissingAuthenticationTokenException',
      '403 UnrecognizedClientException',
      '400 IncompleteSignatureException',
      '403 InvalidSignatureException',
      '403 InvalidSignatureException',
    ]);
    expect(codes('ssm')).toEqual([
      '400 MissingAuthenticationTokenException',
      '400 UnrecognizedClientException',
      '400 IncompleteSignatureException',
      '400 InvalidSignatureException',
      '400 InvalidSignatureException',
    ]);
    expect(codes('sts')).toEqual([
      '403 MissingAuthenticationToken',
      '403 InvalidClientTokenId',
      '400 IncompleteSignature',
      '403 SignatureDoesNotMatch',
      '403 SignatureDoesNotMatch',
    ]);
    expect(codes('ec2')).toEqual([
      '401 AuthFailure',
      '401 AuthFailure',
      '400 IncompleteSignature',
      '400 RequestExpired',
      '401 AuthFailure',
    ]);
    expect(codes('s3')).toEqual([
      '403 AccessDenied',
      '403 InvalidAccessKeyId',
      '400 AuthorizationHeaderMalformed',
      '403 RequestTimeTooSkewed',
      '403 SignatureDoesNotMatch',
    ]);
    expect(signatureError({ kind: 'skewed', sent, now }, 'eks').message).toBe(
      'Signature expired: 20260101T110000Z is now earlier than 20260101T114500Z (20260101T120000Z - 15 min.)',
    );
  });
});

describe('the log', () => {
  it('knows service, operation, sizes and request id of each request, once it is answered', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'logged' }));
    await s3.send(new PutObjectCommand({ Bucket: 'logged', Key: 'a', Body: 'twelve bytes' }));
    const got = await s3.send(new GetObjectCommand({ Bucket: 'logged', Key: 'a' }));
    const requests = await sandbox.control.requests();
    expect(
      requests.map(({ operation, method, path, status, bytesIn, bytesOut }) => ({
        operation,
        method,
        path,
        status,
        bytesIn,
        bytesOut,
      })),
    ).toEqual([
      { operation: 'CreateBucket', method: 'PUT', path: '/logged/', status: 200, bytesIn: 0, bytesOut: 0 },
      { operation: 'PutObject', method: 'PUT', path: '/logged/a', status: 200, bytesIn: 12, bytesOut: 0 },
      { operation: 'GetObject', method: 'GET', path: '/logged/a', status: 200, bytesIn: 0, bytesOut: 12 },
    ]);
    expect(requests.at(-1)).toMatchObject({
      service: 's3',
      requestId: got.$metadata.requestId,
      query: 'x-id=GetObject',
    });
    expect(requests.every(({ exchange }) => exchange === undefined)).toBe(true);
  });

  it('is filtered by sequence number, service and operation', async () => {
    for (const path of ['/', '/nowhere', '/']) await raw(sandbox, { path, query: { 'list-type': '2' } });
    await raw(sandbox, { path: '/' });
    const [first, ...rest] = await sandbox.control.requests();
    expect(await sandbox.control.requests({ since: first!.seq })).toEqual(rest);
    expect(await sandbox.control.requests({ operation: 'ListObjectsV2' })).toHaveLength(1);
    expect(await sandbox.control.requests({ service: 's3', operation: 'ListBuckets' })).toHaveLength(1);
    expect(await sandbox.control.requests({ service: 'eks' })).toEqual([]);
    await sandbox.control.clearRequests();
    expect(await sandbox.control.requests()).toEqual([]);
  });

  it('keeps headers and bodies while told to, but never the signature', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'logged' }));
    await sandbox.control.recordBodies(true);
    await s3.send(new PutObjectCommand({ Bucket: 'logged', Key: 'a', Body: 'kept' }));
    const [entry] = await sandbox.control.requests({ operation: 'PutObject' });
    expect(Buffer.from(entry!.exchange!.requestBody, 'base64').toString()).toBe('kept');
    expect(entry!.exchange!.requestHeaders).toMatchObject({ 'content-length': '4' });
    expect(entry!.exchange!.replyHeaders).toHaveProperty('etag');
    expect(JSON.stringify(entry)).not.toContain('Signature=');
  });

  it('has requests that were refused, and those that broke off in their body', async () => {
    await raw(sandbox, {
      path: '/',
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' },
    });
    const headers = await signed(sandbox, { method: 'PUT', path: '/bucket/key', body: 'x'.repeat(100) });
    const { hostname, port } = new URL(sandbox.url);
    connect(Number(port), hostname).end(
      [
        'PUT /bucket/key HTTP/1.1',
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        '',
        'ten bytes.',
      ].join('\r\n'),
    );
    const seen = () => sandbox.control.requests();
    await expect
      .poll(async () => (await seen()).map(({ path, status, bytesIn }) => [path, status, bytesIn]))
      .toEqual([
        ['/', 403, 0],
        ['/bucket/key', 0, 10],
      ]);
  });
});

it('hands on a path that cannot be decoded, which S3 refuses', async () => {
  const reply = await raw(sandbox, { path: '/bucket/a%zz' });
  expect([reply.status, reply.text]).toEqual([400, expect.stringContaining('<Code>InvalidURI</Code>')]);
});

it('refuses a body that it could not keep', async () => {
  const headers = { host: '127.0.0.1', 'content-length': String(2 * 1024 ** 3) };
  const { hostname, port } = new URL(sandbox.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `PUT /bucket/key HTTP/1.1\r\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  );
  const [reply] = await new Promise<Buffer[]>((resolve) => socket.once('data', (data) => resolve([data])));
  expect(reply!.toString()).toMatch(/^HTTP\/1\.1 413 /);
  socket.destroy();
});
