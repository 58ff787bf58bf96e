/** Nobody without the keys makes the sandbox keep a body: what can be refused by its head is, before its body. */
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { raw, signed } from './raw';
import { startTestSandbox, type TestSandbox } from './start';

let sandbox: TestSandbox;
let socket: Socket | undefined;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.control.reset());
afterEach(() => socket?.destroy());

/** The answer to a head whose body, however large it says to be, never comes. */
async function answerToHead(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const { host, hostname, port } = new URL(sandbox.url);
  const opened = connect(Number(port), hostname);
  socket = opened;
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  opened.write([`${method} ${target} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
  return new Promise((resolve, reject) => {
    opened.once('data', (data) => resolve(data.toString()));
    opened.once('error', reject);
  });
}

const large = { 'content-length': String(900 * 1024 ** 2) };
const endless = { 'transfer-encoding': 'chunked' };
const stranger = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) };

it.each([
  ['is not signed', large, /^HTTP\/1\.1 403 [\s\S]*<Code>AccessDenied</],
  ['is not signed and has no end', endless, /^HTTP\/1\.1 403 [\s\S]*<Code>AccessDenied</],
  [
    'waits to be asked for its body',
    { ...large, expect: '100-continue' },
    /^HTTP\/1\.1 403 [\s\S]*onnection: close/i,
  ],
])('a request that %s', async (_name, headers, answer) => {
  expect(await answerToHead('PUT', '/bucket/key', headers)).toMatch(answer);
});

it.each([
  ['by a stranger', { credentials: stranger }, 'InvalidAccessKeyId'],
  ['long ago', { signingDate: new Date(0) }, 'RequestTimeTooSkewed'],
  ['for another path', { path: '/bucket/other' }, 'SignatureDoesNotMatch'],
  [
    'chunk by chunk',
    { headers: { ...large, 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' } },
    'NotImplemented',
  ],
])('a request signed %s', async (_name, call, code) => {
  const headers = await signed(sandbox, { method: 'PUT', path: '/bucket/key', body: 'x', ...call });
  const answer = await answerToHead('PUT', '/bucket/key', { ...headers, ...large });
  expect(answer).toContain(`<Code>${code}</Code>`);
  const [entry] = await sandbox.control.requests();
  expect(entry).toMatchObject({ path: '/bucket/key', bytesIn: 0 });
});

it('a body for the control plane without its token', async () => {
  expect(await answerToHead('POST', '/_sandbox/faults', large)).toMatch(/^HTTP\/1\.1 403 /);
  const token = { 'x-sandbox-token': sandbox.controlToken };
  expect(await answerToHead('POST', '/_sandbox/faults', { ...large, ...token })).toMatch(/^HTTP\/1\.1 413 /);
});

it('a large body that no signature vouches for', async () => {
  const { 'x-amz-content-sha256': _hash, ...headers } = await signed(sandbox, {
    method: 'POST',
    path: '/clusters/c/insights',
    service: 'eks',
  });
  const declared = { ...headers, 'content-length': String(9 * 1024 ** 2) };
  expect(await answerToHead('POST', '/clusters/c/insights', declared)).toMatch(/^HTTP\/1\.1 (403|413) /);
});

it('but a client that is in order is told to go on', async () => {
  const call = { method: 'PUT', path: '/', body: 'x' };
  const headers = await signed(sandbox, call);
  const asking = await answerToHead('PUT', '/', { ...headers, expect: '100-continue' });
  expect(asking).toMatch(/^HTTP\/1\.1 100 Continue/);
});

it('tells a client that goes on sending, and keeps its connection fit for the next request', async () => {
  const { host, hostname, port } = new URL(sandbox.url);
  const opened = connect(Number(port), hostname);
  socket = opened;
  let seen = '';
  opened.on('data', (data) => {
    seen += data.toString();
  });
  const size = 32 * 1024 ** 2;
  opened.write(`PUT /bucket/key HTTP/1.1\r\nhost: ${host}\r\ncontent-length: ${size}\r\n\r\n`);
  opened.write(Buffer.alloc(size));
  opened.write(`GET /clusters HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  await expect.poll(() => seen.match(/HTTP\/1\.1 403 /g)?.length, { timeout: 20_000 }).toBe(2);
  expect((await raw(sandbox, { path: '/clusters', service: 'eks' })).status).toBe(200);
});
