/** Every fault as a client meets it, and the rule by which the next one is chosen. */
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Fault, parseFaults } from '../../src/sandbox/fault-syntax';
import { Faults } from '../../src/sandbox/faults';
import { raw } from './raw';
import { startTestSandbox, type TestSandbox } from './start';

let sandbox: TestSandbox;
let s3: S3Client;
const Bucket = 'faulty';

beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true });
  s3 = new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1 });
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  await sandbox.control.reset();
  await s3.send(new CreateBucketCommand({ Bucket }));
});

const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const keys = async () =>
  (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key) ?? [];

describe('a fault', () => {
  it('error: refuses in the shape of the service, with fields and headers, and carries nothing out', async () => {
    await sandbox.control.fault({
      kind: 'error',
      service: 's3',
      operation: 'PutObject',
      status: 409,
      code: 'ConditionalRequestConflict',
      message: 'A conflicting operation occurred.',
      fields: { Condition: 'If-None-Match' },
      headers: { 'retry-after': '7' },
    });
    await expect(put('a', 'x')).rejects.toMatchObject({
      name: 'ConditionalRequestConflict',
      message: 'A conflicting operation occurred.',
      Condition: 'If-None-Match',
      $response: { statusCode: 409, headers: { 'retry-after': '7' } },
    });
    expect(await keys()).toEqual([]);
  });

  it('reset: the connection ends, nothing is carried out', async () => {
    await sandbox.control.fault({ kind: 'reset', operation: 'PutObject' });
    await expect(put('a', 'x')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await keys()).toEqual([]);
    expect(await sandbox.control.requests({ operation: 'PutObject' })).toMatchObject([
      { status: 0, fault: 'reset' },
    ]);
  });

  it('reset-after: the connection ends, everything is carried out', async () => {
    await sandbox.control.fault({ kind: 'reset-after', operation: 'PutObject' });
    await expect(put('a', 'x')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await keys()).toEqual(['a']);
  });

  it('html: a page in place of an answer', async () => {
    await sandbox.control.fault({ kind: 'html', status: 503 });
    const reply = await raw(sandbox, { path: `/${Bucket}/a` });
    expect([reply.status, reply.headers['content-type']]).toEqual([503, 'text/html']);
    expect(reply.text).toContain('<!DOCTYPE html>');
    expect(reply.headers).not.toHaveProperty('x-amzn-requestid');
  });

  it('empty: no body', async () => {
    await sandbox.control.fault({ kind: 'empty', status: 502 });
    const reply = await raw(sandbox, { path: `/${Bucket}/a` });
    expect([reply.status, reply.body.length]).toEqual([502, 0]);
  });

  it('delay: carried out later', async () => {
    await sandbox.control.fault({ kind: 'delay', ms: 60 });
    await put('a', 'x');
    const [entry] = await sandbox.control.requests({ operation: 'PutObject' });
    expect(entry!.durationMs).toBeGreaterThanOrEqual(59);
    await sandbox.control.clearFaults();
    expect(await keys()).toEqual(['a']);
  });

  it('hang: no answer, nothing carried out, and others are served meanwhile', async () => {
    await sandbox.control.fault({ kind: 'hang', operation: 'PutObject' });
    const gone = new AbortController();
    const hanging = s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }), {
      abortSignal: gone.signal,
    });
    await expect
      .poll(() => sandbox.control.requests({ operation: 'PutObject' }))
      .toMatchObject([{ status: 0, fault: 'hang' }]);
    expect(await keys()).toEqual([]);
    gone.abort();
    await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('truncate: half of the body, then the end of the connection', async () => {
    await put('a', 'x'.repeat(1000));
    await sandbox.control.fault({ kind: 'truncate', operation: 'GetObject' });
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    await expect(got.Body!.transformToByteArray()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await sandbox.control.requests({ operation: 'GetObject' }))[0]).toMatchObject({
      status: 200,
      bytesOut: 500,
    });
  });

  it('shorten: half of the body, as if it were all', async () => {
    await put('a', 'x'.repeat(1000));
    await sandbox.control.fault({ kind: 'shorten', operation: 'GetObject' });
    const reply = await raw(sandbox, { path: `/${Bucket}/a` });
    expect([reply.status, reply.headers['content-length'], reply.text]).toEqual([
      200,
      '500',
      'x'.repeat(500),
    ]);
  });

  it.each([
    [undefined, []],
    [false, []],
    [true, ['a']],
  ])('reply: any answer of somebody else, who has carried it out: %s', async (carriedOut, left) => {
    await sandbox.control.fault({
      kind: 'reply',
      operation: 'PutObject',
      status: 307,
      headers: { location: 'http://portal.example/' },
      body: 'Log in first.',
      ...(carriedOut !== undefined && { carriedOut }),
    });
    const reply = await raw(sandbox, { method: 'PUT', path: `/${Bucket}/a`, body: 'x' });
    expect([reply.status, reply.headers['location'], reply.text]).toEqual([
      307,
      'http://portal.example/',
      'Log in first.',
    ]);
    expect(reply.headers).not.toHaveProperty('x-amzn-requestid');
    expect(await keys()).toEqual(left);
  });

  it.each([3_600_000, -3_600_000])(
    'skew: a clock that is off by %i ms, for as long as it lasts',
    async (ms) => {
      await sandbox.control.fault({ kind: 'skew', ms, operation: 'PutObject' });
      const sent = (shift: number) =>
        raw(sandbox, {
          method: 'PUT',
          path: `/${Bucket}/a`,
          body: 'x',
          signingDate: new Date(Date.now() + shift),
        });
      const [refused, taken] = [await sent(0), await sent(ms)];
      expect([refused.status, taken.status]).toEqual([403, 200]);
      expect(refused.text).toContain('<Code>RequestTimeTooSkewed</Code>');
      expect(Math.abs(Date.parse(String(refused.headers['date'])) - Date.now() - ms)).toBeLessThan(60_000);
      await sandbox.control.clearFaults();
      expect([(await sent(0)).status, (await sent(ms)).status]).toEqual([200, 403]);
    },
  );

  it('flip: one bit of the answer, which the SDK finds by the checksum', async () => {
    await put('a', 'x'.repeat(1000));
    await sandbox.control.fault({ kind: 'flip', operation: 'GetObject' });
    const reply = await raw(sandbox, { path: `/${Bucket}/a` });
    expect([...reply.body].filter((byte) => byte !== 'x'.charCodeAt(0))).toEqual(['y'.charCodeAt(0)]);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    await expect(got.Body!.transformToByteArray()).rejects.toThrow(/Checksum mismatch/);
  });

  it('flip-request: one bit on the way in, which S3 finds by the checksum', async () => {
    await sandbox.control.fault({ kind: 'flip-request', operation: 'PutObject' });
    await expect(put('a', 'x'.repeat(1000))).rejects.toMatchObject({ name: 'BadDigest' });
    expect(await keys()).toEqual([]);
  });
});

describe('the choice', () => {
  it('is by service, operation and path, after some and so many times', async () => {
    await sandbox.control.fault({
      kind: 'reset',
      service: 's3',
      operation: 'PutObject',
      path: '/b',
      after: 1,
      times: 2,
    });
    const outcomes: string[] = [];
    for (const key of ['a', 'b1', 'b2', 'a', 'b3', 'b4']) {
      outcomes.push(
        await put(key, 'x').then(
          () => key,
          () => `${key} failed`,
        ),
      );
    }
    expect(outcomes).toEqual(['a', 'b1', 'b2 failed', 'a', 'b3 failed', 'b4']);
    expect(await sandbox.control.faults()).toMatchObject([{ matched: 4, played: 2 }]);
  });

  it('plays the first that is due, and only that', () => {
    const faults = new Faults();
    faults.add({ kind: 'reset', times: 1 });
    faults.add({ kind: 'hang', operation: 'Other' });
    faults.add({ kind: 'truncate' });
    const request = { service: 's3', operation: 'PutObject', path: '/' };
    expect([1, 2, 3].map(() => faults.next(request)?.kind)).toEqual(['reset', 'truncate', 'truncate']);
    expect(faults.list().map(({ matched, played }) => [matched, played])).toEqual([
      [3, 1],
      [0, 0],
      [2, 2],
    ]);
    faults.clear();
    expect(faults.next(request)).toBeUndefined();
  });

  it('has no effect on the control plane', async () => {
    await sandbox.control.fault({ kind: 'reset' });
    expect(await sandbox.control.faults()).toHaveLength(1);
  });
});

describe('the syntax', () => {
  it.each<Fault>([
    { kind: 'error', status: 429, code: 'TooManyRequestsException', message: '' },
    { kind: 'html', status: 200, service: 'finspace' },
    { kind: 'delay', ms: 0, after: 3 },
    { kind: 'reply', status: 200, body: '', headers: {}, carriedOut: true },
    { kind: 'skew', ms: -1 },
    { kind: 'flip-request', operation: 'UploadPart', path: 'x', times: 1 },
  ])('takes $kind', (fault) => {
    expect(parseFaults(fault)).toEqual([fault]);
  });

  it.each([
    [{}, 'faults.1.member.kind'],
    [{ kind: 'explode' }, 'explode'],
    [{ kind: 'error', status: 200, code: 'X', message: '' }, 'status'],
    [{ kind: 'error', status: 500, message: '' }, 'code'],
    [{ kind: 'delay' }, 'ms'],
    [{ kind: 'reset', times: -1 }, 'times'],
    [{ kind: 'reply', status: 200 }, 'body'],
    [{ kind: 'reply', status: 200, body: '', carriedOut: 1 }, 'carriedOut'],
    [{ kind: 'skew' }, 'ms'],
    [{ kind: 'reset', oops: 1 }, 'oops'],
    [[], 'faults'],
    ['reset', 'faults'],
    // What every object has is neither a kind nor a member.
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].flatMap((name) => [
      [{ kind: name }, name],
      [JSON.parse(`{"kind":"reset","${name}":1}`), name],
      [JSON.parse(`{"kind":"html","status":503,"${name}":1}`), name],
    ]),
  ])('refuses %j', (json, about) => {
    expect(parseFaults(json)).toMatchObject({ problems: [expect.stringContaining(about)] });
  });
});
