/**
 * Bodies of uploads to S3. A long part of a file is read twice, once for the checksum and once for sending; a
 * short one is read once and kept in memory.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { Body } from '../../deploy/ports';
import { failed } from '../../model/failure';
import type { SendOptions } from '../caller';

/**
 * The size of a piece, in bytes. The reported progress is at most this much ahead of the bytes that the
 * connection has sent.
 */
const PIECE = 256 * 1024;
/**
 * Bytes. A part of a file up to this size is read at once: in a busy process, each of many reads would wait
 * for its turn. While a checksum is computed, other work gets a turn each time this many bytes are done.
 */
const SMALL = 2 * 1024 * 1024;

/** A body for one try. */
export interface Sendable {
  readonly Body: Readable;
  readonly ContentLength: number;
  /** In the form of S3's header: four bytes, the highest first, in base64. */
  readonly ChecksumCRC32: string;
}

/**
 * Passes the body to `send`. `onSent` is called with the number of bytes that have been read for sending; each
 * try counts from 0 again. A file that cannot be read stops the request; the file's error is then thrown.
 */
export async function sendBody<T>(
  given: Body,
  onSent: ((bytes: number) => void) | undefined,
  { abortSignal: signal, operation }: SendOptions,
  send: (sendable: Sendable, options: SendOptions) => Promise<T>,
): Promise<T> {
  const body = await heldIfSmall(given);
  const ChecksumCRC32 = await checksumOf(body, signal);
  const ContentLength = body instanceof Uint8Array ? body.byteLength : body.length;
  const Body = Readable.from(counted(piecesOf(body), onSent), { objectMode: false, highWaterMark: PIECE });
  const stop = new AbortController();
  let broken: unknown;
  Body.on('error', (error) => {
    broken = error;
    stop.abort();
  });
  try {
    const abortSignal = AbortSignal.any([signal, stop.signal]);
    return await send({ Body, ContentLength, ChecksumCRC32 }, { abortSignal, operation });
  } catch (thrown) {
    throw broken ?? thrown;
  } finally {
    Body.destroy();
  }
}

async function heldIfSmall(body: Body): Promise<Body> {
  if (body instanceof Uint8Array || body.length > SMALL) return body;
  const file = await open(body.file, 'r');
  try {
    const bytes = Buffer.allocUnsafe(body.length);
    const { bytesRead } = await file.read(bytes, 0, body.length, body.start);
    if (bytesRead !== body.length) throw shortened(body.file);
    return bytes;
  } finally {
    await file.close();
  }
}

async function checksumOf(body: Body, signal: AbortSignal): Promise<string> {
  let sum = 0;
  let inOneGo = 0;
  for await (const piece of piecesOf(body)) {
    signal.throwIfAborted();
    sum = crc32(piece, sum);
    inOneGo += piece.byteLength;
    if (inOneGo < SMALL) continue;
    // Gives other work a turn now and then, even if the body is in memory.
    await setImmediate();
    inOneGo = 0;
  }
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(sum);
  return bytes.toString('base64');
}

async function* counted(pieces: AsyncIterable<Uint8Array>, onSent: ((bytes: number) => void) | undefined) {
  let sent = 0;
  for await (const piece of pieces) {
    yield piece;
    sent += piece.byteLength;
    onSent?.(sent);
  }
}

async function* piecesOf(body: Body): AsyncGenerator<Uint8Array, void> {
  if (body instanceof Uint8Array) {
    for (let at = 0; at < body.byteLength; at += PIECE) yield body.subarray(at, at + PIECE);
    return;
  }
  const { file, start, length } = body;
  if (length === 0) return;
  let read = 0;
  for await (const piece of createReadStream(file, {
    start,
    end: start + length - 1,
    highWaterMark: PIECE,
  })) {
    read += piece.length;
    yield piece;
  }
  if (read !== length) throw shortened(file);
}

function shortened(file: string): Error {
  return failed({ kind: 'unexpected', message: `${file} became shorter while it was being sent.` });
}
