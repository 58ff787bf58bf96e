/** A part of an object is read no further than it was asked for, and nothing else passes for it. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ObjectStore } from '../../src/deploy/ports';
import { failureOf } from '../../src/model/failure';
import { type OpenedAws, openAws, staticProfile } from './open-aws';

const signal = new AbortController().signal;
const at = { bucket: 'b', key: 'k' };
const ENDLESS = 300 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024);

let opened: OpenedAws;
let objects: ObjectStore;
let stop: () => Promise<void>;
let answer: (response: ServerResponse) => void;
/** Resolves with the bytes that were written when the connection was closed. */
let closed: Promise<number>;

beforeEach(async () => {
  let over: (bytes: number) => void = () => undefined;
  closed = new Promise((resolve) => {
    over = resolve;
  });
  const server = createServer((_, response) => {
    response.on('close', () => over(response.socket?.bytesWritten ?? 0));
    const { socket } = response;
    socket?.on('close', () => over(socket.bytesWritten));
    answer(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  stop = () =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  opened = await openAws();
  const { port } = server.address() as AddressInfo;
  await opened.profiles({ config: staticProfile('p', `http://127.0.0.1:${port}`) });
  objects = (await opened.profile('p')).following.objects;
});
afterEach(async () => {
  await opened.close();
  await stop();
});

/** Writes as long as somebody reads. */
function pour(response: ServerResponse): void {
  let left = ENDLESS;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= PIECE.byteLength;
      if (!response.write(PIECE)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}

const read = (start = 0, length = 10) =>
  objects.read(at, { start, length }, signal).then((value) => ({ value }), failureOf);

const HEAD = { etag: '"e"', 'x-amz-request-id': 'rid' };

describe('of 300 MB for the 10 bytes that were asked for', () => {
  it.each<[string, number, Readonly<Record<string, string>>, string]>([
    [
      'the whole object',
      200,
      { ...HEAD, 'content-length': `${ENDLESS}` },
      'with something else than the part',
    ],
    ['the whole object, of no length', 200, HEAD, 'with something else than the part'],
    [
      'a part that does not end',
      206,
      { ...HEAD, 'content-range': 'bytes 0-9/314572800' },
      'with more than the 10 bytes',
    ],
    [
      'a part of another length',
      206,
      { ...HEAD, 'content-range': 'bytes 0-9/314572800', 'content-length': `${ENDLESS}` },
      'bytes in place of 10',
    ],
    [
      'another part',
      206,
      { ...HEAD, 'content-range': `bytes 0-${ENDLESS - 1}/${ENDLESS}`, 'content-length': `${ENDLESS}` },
      'with another part of the object',
    ],
    ['a part of no place', 206, { ...HEAD, 'content-length': '10' }, 'with another part of the object'],
  ])('%s is not read, and its connection is dropped', async (_, status, headers, words) => {
    answer = (response) => {
      response.writeHead(status, headers);
      pour(response);
    };
    expect(await read()).toMatchObject({
      kind: 'aws',
      operation: 'GetObject',
      resource: 's3://b/k',
      message: expect.stringContaining(words),
      passing: false,
    });
    // What the systems' buffers between take is sent; the rest is not.
    expect(await closed).toBeLessThan(ENDLESS / 10);
  });
});

it.each<[number, number, string, string]>([
  [0, 10, 'bytes 1-10/20', '0123456789'],
  [0, 10, 'bytes 0-8/20', '012345678'],
  [0, 10, 'bytes 0-9/5', '0123456789'],
  [-4, 4, 'bytes 0-3/20', '0123'],
  [5, 3, 'nonsense', '012'],
  [5, 3, 'bytes 5-7/*', '012'],
])('bytes from %i, %i of them, are not those of %j', async (start, length, contentRange, body) => {
  answer = (response) => {
    response.writeHead(206, { ...HEAD, 'content-range': contentRange }).end(body);
  };
  expect(await read(start, length)).toMatchObject({ kind: 'aws', passing: false });
});

it('a part that ends early is asked for again', async () => {
  answer = (response) => {
    response.writeHead(206, { ...HEAD, 'content-range': 'bytes 0-9/20' }).end('01234');
  };
  expect(await read()).toMatchObject({
    kind: 'aws',
    passing: true,
    message: expect.stringContaining('5 bytes in place of 10'),
  });
});

it.each<[number, number, string, string]>([
  [0, 10, 'bytes 0-9/20', '0123456789'],
  [0, 10, 'bytes 0-4/5', '01234'],
  [-10, 10, 'bytes 10-19/20', '0123456789'],
  [-10, 10, 'bytes 0-4/5', '01234'],
])('from %i, %i bytes: %s is what was asked for', async (start, length, contentRange, body) => {
  answer = (response) => {
    response.writeHead(206, { ...HEAD, 'content-range': contentRange }).end(body);
  };
  const size = Number(contentRange.split('/')[1]);
  expect(await read(start, length)).toEqual({ value: { bytes: expect.any(Uint8Array), size, etag: '"e"' } });
});

it('an answer that does not end is not read to no end either', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/xml', ...HEAD });
    pour(response);
  };
  const listed = await objects.listBuckets(undefined, signal).catch(failureOf);
  expect(listed).toMatchObject({ kind: 'aws', message: expect.stringContaining('with more than') });
  expect(await closed).toBeLessThan(ENDLESS / 2);
});

it('a read that is cancelled under way stops reading', async () => {
  const cancel = new AbortController();
  answer = (response) => {
    response.writeHead(206, { ...HEAD, 'content-range': 'bytes 0-9/20', 'content-length': '10' });
    response.write('01', () => cancel.abort());
  };
  const reading = objects.read(at, { start: 0, length: 10 }, cancel.signal).catch(failureOf);
  expect(await reading).toEqual({ kind: 'cancelled' });
  expect(await closed).toBeLessThan(1_000);
});
