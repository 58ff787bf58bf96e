/** Stores that speak like Amazon S3 and know less: no regions, no conditions, no checksums. And S3 over a slow line. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwsSession } from '../../src/aws/contract';
import { storeInParts } from '../../src/deploy/upload/multipart';
import { failureOf } from '../../src/model/failure';
import { failureWords } from '../../src/view/messages/failure';
import { expectPlainWords } from '../nodegroup/plain';
import { VirtualClock } from '../virtual-clock';
import { type OpenedAws, openAws, staticProfile } from './open-aws';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server';

const signal = new AbortController().signal;
const at = { bucket: 'b', key: 'k' };
const HOME = 'eu-central-1';

let server: ScriptedServer;
let opened: OpenedAws;
let session: AwsSession;

beforeEach(async () => {
  server = await startScriptedServer();
  opened = await openAws();
  await opened.profiles({ config: staticProfile('p', server.url) });
  session = await opened.profile('p', HOME);
});
afterEach(async () => {
  await opened.close();
  await server.close();
});

const xml = (body: string, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body,
});
const error = (status: number, code: string, message = 'No.'): Reply => ({
  ...(xml(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`, status) as object as {
    status: number;
  }),
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'rid' },
});
const location = (name: string): Reply =>
  xml(`<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${name}</LocationConstraint>`);
const SELF_CLOSED = xml('<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>');
const FINE: Reply = { status: 200, headers: { 'x-amz-request-id': 'rid' } };
const STORED: Reply = { status: 200, headers: { etag: '"e"', 'x-amz-request-id': 'rid' } };
const NOT_IMPLEMENTED = error(
  501,
  'NotImplemented',
  'A header you provided implies functionality that is not implemented.',
);
const refusedHead = (status: number): Reply => ({ status, headers: { 'x-amz-request-id': 'rid' } });

describe('the region of a bucket', () => {
  const regionOf = () => session.interactive.objects.bucketRegion('b', signal).catch(failureOf);

  it.each<[string, readonly Reply[], string]>([
    ['a place without a name', [FINE, SELF_CLOSED], HOME],
    ['an empty place', [FINE, location('')], HOME],
    ['a place by a name of its own', [FINE, location('garage')], HOME],
    ['a hint by a name of its own', [FINE, location('WEUR')], HOME],
    ['no such question', [FINE, NOT_IMPLEMENTED], HOME],
    ['a region', [FINE, location('eu-west-2')], 'eu-west-2'],
    ['the oldest name of a region', [FINE, location('EU')], 'eu-west-1'],
    ['a refused HEAD, and a place', [refusedHead(403), location('eu-west-2')], 'eu-west-2'],
    ['a refused HEAD, and a place without a name', [refusedHead(403), SELF_CLOSED], HOME],
    ['a HEAD that is not allowed', [refusedHead(405), location('eu-west-2')], 'eu-west-2'],
    ['a HEAD that leads elsewhere', [refusedHead(301), location('eu-west-2')], 'eu-west-2'],
    [
      'a refused HEAD that names it',
      [{ status: 403, headers: { 'x-amz-bucket-region': 'ap-south-1' } }],
      'ap-south-1',
    ],
    ['a header of a name of its own', [{ status: 200, headers: { 'x-amz-bucket-region': 'auto' } }], HOME],
  ])('by %s', async (_, replies, region) => {
    server.answer(...replies);
    expect(await regionOf()).toBe(region);
    expect(server.received).toHaveLength(replies.length);
  });

  it('is what the HEAD was refused for, where the place is refused as well', async () => {
    server.answer(refusedHead(403), error(403, 'AccessDenied'));
    expect(await regionOf()).toMatchObject({ operation: 'HeadBucket', reason: 'access-denied' });
  });

  it('is none of a bucket that is not there', async () => {
    server.answer({ status: 404, headers: { 'x-amz-request-id': 'rid' } });
    expect(await regionOf()).toMatchObject({ operation: 'HeadBucket', reason: 'not-found' });
    expect(server.received).toHaveLength(1);
  });
});

describe('a store that does not know what it is asked', () => {
  const put = (onlyIfAbsent: boolean) =>
    session.interactive.objects
      .put({ ...at, body: Uint8Array.of(1), contentType: 'a/b', onlyIfAbsent }, signal)
      .catch(failureOf);
  const headersSent = () => server.received.map(({ headers }) => headers);

  it('is told once of a condition, whatever tries are left', async () => {
    server.answer(NOT_IMPLEMENTED, STORED);
    expect(await put(true)).toMatchObject({ reason: 'other', name: 'NotImplemented', passing: false });
    expect(server.received).toHaveLength(1);
  });

  it.each([
    [NOT_IMPLEMENTED],
    [{ status: 501 } as Reply],
    [{ status: 501, headers: { 'content-type': 'text/html' }, body: '<html/>' } as Reply],
  ])('is not sent checksums again', async (reply) => {
    server.answer(reply, STORED);
    expect(await put(false)).toEqual({ etag: '"e"', confirmed: false });
    expect(server.received).toHaveLength(2);
    const [first = {}, second = {}] = headersSent();
    const sums = (headers: object) => Object.keys(headers).filter((name) => name.includes('checksum'));
    expect(sums(first)).toContain('x-amz-checksum-crc32');
    expect(sums(second)).toEqual([]);
  });

  it('is not sent those of a multipart upload and its parts', async () => {
    const { objects } = session.interactive;
    server.answer(
      NOT_IMPLEMENTED,
      xml('<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>'),
      NOT_IMPLEMENTED,
      STORED,
    );
    const upload = await objects.startMultipart({ ...at, contentType: 'a/b' }, signal);
    expect(await objects.putPart(upload, 1, Uint8Array.of(1), signal)).toEqual({ number: 1, etag: '"e"' });
    expect(server.received).toHaveLength(4);
  });

  it('has its object compared where it cannot compare it', async () => {
    const part = (etag: string): Reply => ({
      status: 206,
      headers: { etag, 'content-range': 'bytes 0-2/3' },
      body: 'abc',
    });
    const read = () =>
      session.interactive.objects.read(at, { start: 0, length: 3, ifMatch: '"e"' }, signal).catch(failureOf);
    server.answer(NOT_IMPLEMENTED, part('"e"'));
    expect(await read()).toMatchObject({ size: 3, etag: '"e"' });
    server.answer(part('W/"e"'));
    expect(await read()).toMatchObject({ size: 3 });
    for (const replies of [[NOT_IMPLEMENTED, part('"f"')], [part('"f"')]]) {
      server.answer(...replies);
      expect(await read()).toMatchObject({ reason: 'precondition', passing: false });
    }
  });

  it('completes an upload without the condition, from the parts that are there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-alike-'));
    const file = join(folder, 'zip');
    await writeFile(file, 'abc');
    server.answer(
      xml('<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>'),
      STORED,
      NOT_IMPLEMENTED,
      xml('<CompleteMultipartUploadResult><ETag>"w"</ETag></CompleteMultipartUploadResult>'),
      xml('<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>'),
    );
    const stored = await storeInParts(
      session.interactive.objects,
      new VirtualClock(),
      { ...at, file, parts: [{ number: 1, start: 0, length: 3 }], metadata: {}, onlyIfAbsent: true },
      { started: async () => undefined, progress: () => undefined, leftBehind: async () => undefined },
      signal,
    );
    await rm(folder, { recursive: true });
    expect(stored).toMatchObject({ etag: '"w"' });
    expect(server.received.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      undefined,
      '*',
      undefined,
      undefined,
    ]);
  });
});

describe('a request that is long on its way', () => {
  const list = () => session.interactive.objects.listBuckets(undefined, signal).catch(failureOf);
  const LISTED = xml('<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>');
  const late = (code: string, message: string): Reply => error(403, code, message);

  it.each([
    ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'],
    ['RequestInTheFuture', 'The request is from the future.'],
    ['SignatureDoesNotMatch', 'Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z'],
    ['InvalidSignatureException', 'Signature not yet current: 20260101T000000Z is still later than now'],
  ])('%s: is signed anew, with the same credentials', async (code, message) => {
    server.answer(late(code, message), LISTED);
    expect(await list()).toEqual({ items: [] });
    expect(server.received).toHaveLength(2);
    const signatures = server.received.map(({ headers }) => headers['authorization']);
    expect(signatures.every((one) => typeof one === 'string' && one.includes('AKIDEXAMPLE'))).toBe(true);
    // Were they thrown away, they would be read again.
    expect(await opened.aws.isReady(session.connection)).toBe(true);
  });

  it('is given up after its tries, in words about the line and the clock', async () => {
    server.answer(late('RequestTimeTooSkewed', 'Too large.'));
    const failure = await list();
    expect(failure).toMatchObject({
      kind: 'aws',
      name: 'RequestTimeTooSkewed',
      passing: true,
      answered: true,
    });
    expect(server.received).toHaveLength(3);
    if ('kind' in failure) expectPlainWords(failureWords(failure));
  });

  it('is told from a signature that is wrong', async () => {
    server.answer(late('SignatureDoesNotMatch', 'The request signature we calculated does not match.'));
    expect(await list()).toMatchObject({ kind: 'credentials', problem: 'rejected' });
  });
});
