/** The control plane: who may use it, what it says to mistakes, and what its verbs do. */
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ScaledClock } from '../../src/sandbox/clock';
import { RequestLog } from '../../src/sandbox/request-log';
import { startTestSandbox, type TestSandbox } from './start';

let sandbox: TestSandbox;
let s3: S3Client;

beforeAll(async () => {
  sandbox = await startTestSandbox({ empty: true });
  s3 = new S3Client({ ...sandbox.client, forcePathStyle: true, maxAttempts: 1 });
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.control.reset());

async function ask(method: string, path: string, body?: string, token = sandbox.controlToken) {
  const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method,
    headers: { 'x-sandbox-token': token },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, json: (await response.json()) as unknown };
}

it('answers nobody without the token', async () => {
  expect((await ask('GET', 'ping', undefined, 'guess')).status).toBe(403);
  expect((await fetch(`${sandbox.url}/_sandbox/requests`)).status).toBe(403);
  expect((await ask('GET', 'ping')).json).toEqual({ v: 1, pid: sandbox.pid });
});

it.each([
  ['GET', 'nothing', undefined, 404],
  ['DELETE', 'clock', undefined, 404],
  ['POST', 'clock', 'not json', 400],
  ['POST', 'clock', '{"advance": "1"}', 400],
  ['POST', 'clock', '{"advance": -1}', 400],
  ['POST', 'clock', '{}', 400],
  ['POST', 'latency', '{"ms": 1, "more": 2}', 400],
  ['POST', 'faults', '{"kind": "nonsense"}', 400],
  ['POST', 'settings', '{"nonsense": 1}', 400],
  ['POST', 'foreign', '{"nonsense": 1}', 400],
  ['GET', 'requests?since=abc', undefined, 400],
])('says what is wrong with %s %s %s', async (method, path, body, status) => {
  const answer = await ask(method, path, body);
  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject({ problems: [expect.stringMatching(/\w+/)] });
});

it('does not log itself', async () => {
  await ask('POST', 'heartbeat');
  await ask('GET', 'state');
  expect(await sandbox.control.requests()).toEqual([]);
});

it('moves simulated time by hand', async () => {
  const before = (await ask('POST', 'clock', '{"advance": 0}')).json;
  const after = (await ask('POST', 'clock', '{"advance": 86400000}')).json;
  expect([before, after]).toEqual([{ elapsed: 0 }, { elapsed: 86_400_000 }]);
});

it('lets every request wait', async () => {
  await sandbox.control.latency(60);
  await s3.send(new ListBucketsCommand({}));
  const [slow] = await sandbox.control.requests();
  expect(slow!.durationMs).toBeGreaterThanOrEqual(59);
});

it('forgets at a reset what came after the start', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'gone' }));
  await sandbox.control.fault({ kind: 'reset', operation: 'Nothing' });
  await sandbox.control.latency(5);
  await sandbox.control.reset();
  expect(await sandbox.control.faults()).toEqual([]);
  expect(await sandbox.control.requests()).toEqual([]);
  expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
});

it('keeps the latest requests of a log that is full', () => {
  const log = new RequestLog(10);
  const entry = {
    at: 0,
    method: 'GET',
    path: '/',
    query: '',
    status: 200,
    requestId: '',
    bytesIn: 0,
    bytesOut: 0,
    durationMs: 0,
  };
  for (let count = 0; count < 35; count += 1) log.add(entry);
  expect(log.find({}).map(({ seq }) => seq)).toEqual([26, 27, 28, 29, 30, 31, 32, 33, 34, 35]);
  log.clear();
  log.add(entry);
  expect(log.find({}).map(({ seq }) => seq)).toEqual([36]);
});

it('has a clock whose timestamps only rise and whose work can be scaled', () => {
  const clock = new ScaledClock(0);
  const stamps = Array.from({ length: 100 }, () => clock.now());
  expect(new Set(stamps).size).toBe(100);
  expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
  expect(clock.elapsed()).toBe(0);
  expect(new ScaledClock(100, performance.now() - 50).elapsed()).toBeGreaterThanOrEqual(5000);
});
