import { randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { truncate, writeFile } from 'node:fs/promises';
import type { ClientRequest } from 'node:http';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { AwsSession } from '../../src/aws/contract';
import type { Body, ObjectStore, PutRequest } from '../../src/deploy/ports';
import { type Failure, failed, failureOf } from '../../src/model/failure';
import { allItems } from '../../src/model/page';
import { expectLawful } from '../contract/lawful';
import { startTestSandbox, type TestSandbox } from '../sandbox/start';
import { type OpenedAws, openInSandbox } from './open-aws';

const signal = new AbortController().signal;
const BUCKET = 'acme-kdb-code-111122223333';
const UNVERSIONED = 'acme-kdb-scratch-111122223333';
const ELSEWHERE = 'acme-kdb-code-emea-111122223333';
const MIB = 1024 * 1024;

let sandbox: TestSandbox;
let opened: OpenedAws & { readonly session: AwsSession };
/** With three tries. */
let objects: ObjectStore;
/** With one. */
let once: ObjectStore;

beforeAll(async () => {
  sandbox = await startTestSandbox({ recordBodies: true });
  opened = await openInSandbox(sandbox);
  objects = opened.session.interactive.objects;
  once = opened.session.following.objects;
});
afterAll(async () => {
  await opened.close();
  await sandbox.stop();
});
beforeEach(() => sandbox.control.clearFaults());
afterEach(async () => {
  expectLawful(await sandbox.control.requests());
  await sandbox.control.clearRequests();
});

const put = (key: string, body: Body, more: Partial<PutRequest> = {}, store = objects) =>
  store.put(
    { bucket: BUCKET, key, body, contentType: 'application/zip', onlyIfAbsent: false, ...more },
    signal,
  );
const failureIn = (call: Promise<unknown>): Promise<Failure> =>
  call.then(
    (output) => {
      throw new Error(`it did not fail but gave ${JSON.stringify(output)}`);
    },
    (thrown: unknown) => failureOf(thrown),
  );
const whole = async (key: string, length = 64 * MIB) =>
  (await objects.read({ bucket: BUCKET, key }, { start: 0, length }, signal)).bytes;

describe('buckets', () => {
  it('are listed with their regions, over pages', async () => {
    await sandbox.control.settings({ pageSize: 1 });
    const buckets = await allItems((next) => objects.listBuckets(next, signal));
    await sandbox.control.settings({ pageSize: 100 });
    expect(buckets).toContainEqual({ name: BUCKET, region: 'us-east-1' });
    expect(buckets).toContainEqual({ name: ELSEWHERE, region: 'eu-west-1' });
  });

  it('say where they lie, from any region', async () => {
    expect(await objects.bucketRegion(BUCKET, signal)).toBe('us-east-1');
    expect(await objects.bucketRegion(ELSEWHERE, signal)).toBe('eu-west-1');
    expect(await failureIn(objects.bucketRegion('no-such-bucket', signal))).toMatchObject({
      reason: 'not-found',
    });
  });

  it('say whether they keep versions', async () => {
    expect(await objects.versioning(BUCKET, signal)).toBe('enabled');
    expect(await objects.versioning(UNVERSIONED, signal)).toBe('off');
  });

  it('have a policy and a public access block, or none', async () => {
    expect(JSON.parse((await objects.policy(BUCKET, signal)) ?? '')).toHaveProperty('Statement');
    expect(await objects.publicAccessBlock(BUCKET, signal)).toEqual({
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    });
    const refused = { kind: 'error', status: 404, message: 'None.', service: 's3', times: 1 } as const;
    await sandbox.control.fault({ ...refused, operation: 'GetBucketPolicy', code: 'NoSuchBucketPolicy' });
    expect(await objects.policy(BUCKET, signal)).toBeUndefined();
    await sandbox.control.fault({
      ...refused,
      operation: 'GetPublicAccessBlock',
      code: 'NoSuchPublicAccessBlockConfiguration',
    });
    expect(await objects.publicAccessBlock(BUCKET, signal)).toBeUndefined();
    expect(await failureIn(objects.policy('no-such-bucket', signal))).toMatchObject({ name: 'NoSuchBucket' });
  });

  it('in another region are reached there, and name it when asked from here', async () => {
    const at = { bucket: ELSEWHERE, key: 'emea/releases/equities.zip' };
    const there = opened.session.interactive.objectsIn('eu-west-1');
    expect((await there.head(at, signal))?.size).toBeGreaterThan(0);
    const range = { start: 0, length: 10 };
    expect(await failureIn(objects.read(at, range, signal))).toMatchObject({
      reason: 'invalid',
      name: 'PermanentRedirect',
      message: expect.stringContaining('(the bucket is in eu-west-1)'),
    });
  });
});

describe('an object in memory', () => {
  it.each([0, 1, 256 * 1024, 256 * 1024 + 1, 3 * MIB])('of %i bytes arrives as it is', async (length) => {
    const body = randomBytes(length);
    const { etag, versionId } = await put(`put/${length}`, body, { metadata: { digest: 'abc' } });
    expect(Buffer.from(await whole(`put/${length}`)).equals(body)).toBe(true);
    expect(await objects.head({ bucket: BUCKET, key: `put/${length}` }, signal)).toEqual({
      size: length,
      etag,
      versionId,
      metadata: { digest: 'abc' },
      modifiedAt: expect.any(Number),
    });
  });

  it('tells how much was sent, at most what there is', async () => {
    const sent: number[] = [];
    await put('put/told', randomBytes(3 * MIB), { onSent: (bytes) => sent.push(bytes) });
    expect(sent.length).toBeGreaterThan(5);
    expect(sent).toEqual([...sent].sort((one, other) => one - other));
    expect(sent.at(-1)).toBe(3 * MIB);
  });

  it('leaves its connection to the next request, which VS Code would have closed', async () => {
    const asked: unknown[] = [];
    const onStart = (message: unknown): void => {
      asked.push((message as { readonly request: ClientRequest }).request.getHeader('connection'));
    };
    subscribe('http.client.request.start', onStart);
    onTestFinished(() => void unsubscribe('http.client.request.start', onStart));
    await put('put/kept', Buffer.from('kept'));
    expect(asked).toEqual(['keep-alive']);
  });

  it('is not put over another one', async () => {
    await put('put/taken', Buffer.from('first'), { onlyIfAbsent: true });
    const second = put('put/taken', Buffer.from('second'), { onlyIfAbsent: true });
    expect(await failureIn(second)).toMatchObject({ reason: 'precondition', passing: false, answered: true });
    expect(Buffer.from(await whole('put/taken')).toString()).toBe('first');
  });

  it('that is damaged on its way is refused', async () => {
    await sandbox.control.fault({ kind: 'flip-request', operation: 'PutObject' });
    expect(await failureIn(put('put/flipped', randomBytes(MIB)))).toMatchObject({ reason: 'bad-digest' });
    await sandbox.control.clearFaults();
    expect(await objects.head({ bucket: BUCKET, key: 'put/flipped' }, signal)).toBeUndefined();
  });

  it('is sent whole again after a reset', async () => {
    const body = randomBytes(2 * MIB);
    const sent: number[] = [];
    await sandbox.control.fault({ kind: 'reset', operation: 'PutObject', times: 2 });
    await put('put/again', body, { onSent: (bytes) => sent.push(bytes) });
    expect(Buffer.from(await whole('put/again')).equals(body)).toBe(true);
    expect(sent.at(-1)).toBe(2 * MIB);
  });

  it('leaves open whether it was put when the answer is lost', async () => {
    await sandbox.control.fault({ kind: 'reset-after', operation: 'PutObject', times: 1 });
    expect(await failureIn(put('put/lost', Buffer.from('x'), {}, once))).toMatchObject({
      reason: 'network',
      answered: false,
    });
    expect(await objects.head({ bucket: BUCKET, key: 'put/lost' }, signal)).toBeDefined();
  });

  it('leaves open whose object it is when the second try finds the key taken', async () => {
    await sandbox.control.fault({ kind: 'reset-after', operation: 'PutObject', times: 1 });
    const again = put('put/mine', Buffer.from('x'), { onlyIfAbsent: true });
    expect(await failureIn(again)).toMatchObject({ reason: 'precondition', answered: false });
  });

  it('does not leave before it may', async () => {
    const mayLeave = objects.head({ bucket: BUCKET, key: 'put/before' }, signal).then(() => undefined);
    await put('put/held', Buffer.from('x'), { mayLeave });
    const asked = (await sandbox.control.requests()).map(({ operation }) => operation);
    expect(asked).toEqual(['HeadObject', 'PutObject']);
  });

  it('never leaves when it may not, and the failure says why', async () => {
    const failure = { kind: 'refused', code: 'plan-blocked', facts: {} } as const;
    const mayLeave = Promise.reject(failed(failure));
    expect(await failureIn(put('put/kept', Buffer.from('x'), { mayLeave }))).toEqual(failure);
    expect(await sandbox.control.requests()).toEqual([]);
  });

  it('is given up when cancelled', async () => {
    await sandbox.control.fault({ kind: 'hang', operation: 'PutObject' });
    const cancel = new AbortController();
    const request = { bucket: BUCKET, key: 'put/cancelled', contentType: 'text/plain', onlyIfAbsent: false };
    const call = objects.put(
      { ...request, body: randomBytes(MIB), onSent: () => cancel.abort() },
      cancel.signal,
    );
    expect(await failureIn(call)).toEqual({ kind: 'cancelled' });
    await sandbox.control.clearFaults();
    expect(await objects.head({ bucket: BUCKET, key: 'put/cancelled' }, signal)).toBeUndefined();
  });
});

describe('an object from a file', () => {
  it('arrives as the range that was asked for', async () => {
    const bytes = randomBytes(MIB);
    const file = join(opened.folder, 'file.zip');
    await writeFile(file, bytes);
    await put('file/part', { file, start: 1_000, length: 700_000 });
    expect(Buffer.from(await whole('file/part')).equals(bytes.subarray(1_000, 701_000))).toBe(true);
    await put('file/none', { file, start: 5, length: 0 });
    expect(await whole('file/none')).toHaveLength(0);
  });

  it('that is not there or too short is not sent, and the failure says why', async () => {
    const file = join(opened.folder, 'short.zip');
    await writeFile(file, randomBytes(1_000));
    expect(await failureIn(put('file/short', { file, start: 0, length: 2_000 }))).toMatchObject({
      kind: 'unexpected',
      message: expect.stringContaining(file),
    });
    const missing = join(opened.folder, 'missing.zip');
    expect(await failureIn(put('file/missing', { file: missing, start: 0, length: 1 }))).toMatchObject({
      kind: 'unexpected',
      message: expect.stringContaining('ENOENT'),
    });
  });

  it('that shrinks while it is sent stops the request at once', async () => {
    const file = join(opened.folder, 'shrinking.zip');
    await writeFile(file, randomBytes(8 * MIB));
    let shrunk: Promise<void> | undefined;
    const onSent = (): void => {
      shrunk ??= truncate(file, MIB);
    };
    const failure = await failureIn(put('file/shrunk', { file, start: 0, length: 8 * MIB }, { onSent }));
    await shrunk;
    expect(failure).toMatchObject({ kind: 'unexpected', message: expect.stringContaining('became shorter') });
    expect(await objects.head({ bucket: BUCKET, key: 'file/shrunk' }, signal)).toBeUndefined();
  });
});

describe('parts of an object', () => {
  const body = Buffer.from(Array.from({ length: 1_000 }, (_, n) => n % 251));
  const at = { bucket: BUCKET, key: 'read/thousand' };
  let etag: string;
  beforeAll(async () => {
    ({ etag } = await put(at.key, body));
  });

  it.each([
    [0, 10, 0, 10],
    [990, 100, 990, 1_000],
    [0, 5_000, 0, 1_000],
    [-22, 22, 978, 1_000],
    [-22, 100, 978, 1_000],
    [-22, 4, 978, 982],
    [-5_000, 10, 0, 10],
    [999, 1, 999, 1_000],
    [1_000, 10, 1_000, 1_000],
    [2_000, 10, 1_000, 1_000],
    [500, 0, 500, 500],
  ])('from %i, %i bytes', async (start, length, from, to) => {
    const part = await objects.read(at, { start, length }, signal);
    expect(Buffer.from(part.bytes)).toEqual(body.subarray(from, to));
    expect(part).toMatchObject({ size: 1_000, etag, versionId: expect.any(String) });
  });

  it('of an empty one', async () => {
    await put('read/empty', Buffer.alloc(0));
    const empty = { bucket: BUCKET, key: 'read/empty' };
    expect(await objects.read(empty, { start: -22, length: 22 }, signal)).toMatchObject({ size: 0 });
    expect(await objects.read(empty, { start: 0, length: 22 }, signal)).toMatchObject({ size: 0 });
  });

  it('of an earlier version', async () => {
    const { versionId } = await put('read/versions', Buffer.from('one'));
    await put('read/versions', Buffer.from('two!'));
    const earlier = { bucket: BUCKET, key: 'read/versions', ...(versionId !== undefined && { versionId }) };
    const part = await objects.read(earlier, { start: 0, length: 9 }, signal);
    expect(Buffer.from(part.bytes).toString()).toBe('one');
    expect(part.versionId).toBe(versionId);
  });

  it('are refused when it is another one by now', async () => {
    const changed = objects.read(at, { start: 0, length: 1, ifMatch: '"another"' }, signal);
    expect(await failureIn(changed)).toMatchObject({ reason: 'precondition' });
    expect(await objects.read(at, { start: 0, length: 1, ifMatch: etag }, signal)).toHaveProperty('bytes');
  });

  it('are read again when the line broke in the middle', async () => {
    await sandbox.control.fault({ kind: 'truncate', operation: 'GetObject', times: 2 });
    expect((await objects.read(at, { start: 0, length: 1_000 }, signal)).bytes).toHaveLength(1_000);
    await sandbox.control.fault({ kind: 'truncate', operation: 'GetObject', times: 1 });
    expect(await failureIn(once.read(at, { start: 0, length: 1_000 }, signal))).toMatchObject({
      reason: 'network',
      passing: true,
    });
  });

  it('of nothing are a failure', async () => {
    const nothing = objects.read({ bucket: BUCKET, key: 'read/nothing' }, { start: 0, length: 1 }, signal);
    expect(await failureIn(nothing)).toMatchObject({ reason: 'not-found', name: 'NoSuchKey' });
  });
});

it('knows no object that is not there, and no version in a bucket without any', async () => {
  expect(await objects.head({ bucket: BUCKET, key: 'none' }, signal)).toBeUndefined();
  const versionId = 'abcdefghijklmnopqrstuvwxyz012345';
  expect(await objects.head({ bucket: BUCKET, key: 'read/thousand', versionId }, signal)).toBeUndefined();
  const stored = await put('plain', Buffer.from('x'), { bucket: UNVERSIONED });
  expect(stored).not.toHaveProperty('versionId');
  expect(await objects.head({ bucket: UNVERSIONED, key: 'plain' }, signal)).not.toHaveProperty('versionId');
});

describe('lists', () => {
  it('go over pages of objects and of versions', async () => {
    const keys = ['list/a b+c', 'list/a/1', 'list/ä&<', 'list/b'];
    for (const key of keys) await put(key, Buffer.from('1'));
    await put('list/b', Buffer.from('22'));
    await sandbox.control.settings({ pageSize: 1 });
    const found = await allItems((next) => objects.list(BUCKET, 'list/', next, signal));
    const versions = await allItems((next) => objects.listVersions(BUCKET, 'list/', next, signal));
    const plain = await allItems((next) => objects.listVersions(UNVERSIONED, 'plain', next, signal));
    await sandbox.control.settings({ pageSize: 100 });
    expect(found.map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(found.find(({ key }) => key === 'list/b')).toMatchObject({ size: 2, isLatest: true });
    expect(versions).toHaveLength(keys.length + 1);
    expect(versions.filter(({ key }) => key === 'list/b')).toMatchObject([
      { size: 2, isLatest: true, versionId: expect.any(String) },
      { size: 1, isLatest: false, versionId: expect.any(String) },
    ]);
    expect(plain).toMatchObject([{ key: 'plain', isLatest: true }]);
    expect(plain[0]).not.toHaveProperty('versionId');
  });
});

describe('an upload in parts', () => {
  const start = (key: string) =>
    objects.startMultipart(
      { bucket: BUCKET, key, contentType: 'application/zip', metadata: { a: 'b' } },
      signal,
    );
  const uploads = (prefix: string) =>
    allItems((next) => objects.listMultiparts(BUCKET, prefix, next, signal));
  const base64 = (body: Uint8Array) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString('base64');
  };

  it('puts together what was sent and what was copied', async () => {
    const [one, two] = [randomBytes(5 * MIB), randomBytes(1_000)];
    const source = await put('parts/source äö', randomBytes(6 * MIB));
    const sourceAt = { bucket: BUCKET, key: 'parts/source äö' };
    const copied = Buffer.from(await whole(sourceAt.key)).subarray(100, 100 + 5 * MIB);
    const file = join(opened.folder, 'last.zip');
    await writeFile(file, Buffer.concat([Buffer.alloc(7), two]));

    const upload = await start('parts/whole');
    expect(await uploads('parts/')).toMatchObject([{ ...upload, startedAt: expect.any(Number) }]);
    const parts = [
      await objects.putPart(upload, 1, one, signal),
      await objects.copyPart(
        upload,
        2,
        { at: sourceAt, start: 100, length: 5 * MIB, ifMatch: source.etag },
        signal,
      ),
      await objects.putPart(upload, 3, { file, start: 7, length: 1_000 }, signal),
    ];
    expect(parts.map(({ crc32: sum }) => sum)).toEqual([base64(one), base64(copied), base64(two)]);
    const stored = await objects.completeMultipart(upload, parts, { onlyIfAbsent: true }, signal);
    expect(stored.versionId).toEqual(expect.any(String));
    expect(Buffer.from(await whole('parts/whole')).equals(Buffer.concat([one, copied, two]))).toBe(true);
    expect(await objects.head({ bucket: BUCKET, key: 'parts/whole' }, signal)).toMatchObject({
      metadata: { a: 'b' },
      etag: stored.etag,
    });
    expect(await uploads('parts/')).toEqual([]);
  });

  it('copies a named version only as it was', async () => {
    const key = 'parts/versions';
    const { etag, versionId } = await put(key, randomBytes(1_000));
    await put(key, randomBytes(1_000));
    const upload = await start('parts/of-version');
    const named = { bucket: BUCKET, key, ...(versionId !== undefined && { versionId }) };
    const copy = (at: typeof named | { bucket: string; key: string }) =>
      objects.copyPart(upload, 1, { at, start: 0, length: 1_000, ifMatch: etag }, signal);
    expect(await copy(named)).toMatchObject({ number: 1 });
    expect(await failureIn(copy({ bucket: BUCKET, key }))).toMatchObject({ reason: 'precondition' });
    await objects.abortMultipart(upload, signal);
  });

  it('is not finished over another object, nor with a damaged part', async () => {
    await put('parts/taken', Buffer.from('x'));
    const upload = await start('parts/taken');
    await sandbox.control.fault({ kind: 'flip-request', operation: 'UploadPart', times: 1 });
    const body = randomBytes(1_000);
    expect(await failureIn(objects.putPart(upload, 1, body, signal))).toMatchObject({ reason: 'bad-digest' });
    const part = await objects.putPart(upload, 1, body, signal);
    const finish = objects.completeMultipart(upload, [part], { onlyIfAbsent: true }, signal);
    expect(await failureIn(finish)).toMatchObject({ reason: 'precondition' });
    await objects.abortMultipart(upload, signal);
  });

  it('leaves nothing behind when it is given up, and giving up twice is fine', async () => {
    const upload = await start('parts/aborted');
    await objects.putPart(upload, 1, randomBytes(10), signal);
    await objects.abortMultipart(upload, signal);
    await objects.abortMultipart(upload, signal);
    expect(await uploads('parts/aborted')).toEqual([]);
    expect(await failureIn(objects.putPart(upload, 2, randomBytes(10), signal))).toMatchObject({
      reason: 'not-found',
      name: 'NoSuchUpload',
    });
  });

  it('is found among many', async () => {
    const many = await Promise.all(['x', 'y', 'y'].map((name) => start(`many/${name}`)));
    await sandbox.control.settings({ pageSize: 1 });
    const found = await uploads('many/');
    await sandbox.control.settings({ pageSize: 100 });
    expect(found.map(({ uploadId }) => uploadId).sort()).toEqual(many.map(({ uploadId }) => uploadId).sort());
    for (const upload of many) await objects.abortMultipart(upload, signal);
  });
});
