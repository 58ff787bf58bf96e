/** Makes the log's entry for one request and its answer. */
import { randomUUID } from 'node:crypto';
import type { Delivery } from './delivery';
import { hiddenSignature } from './presigned';
import type { RawRequest } from './raw-request';
import type { LoggedRequest, RecordedExchange } from './request-log';

/** The facts about a request that are known when the request is answered. */
export interface Subject {
  /** The path to log in place of the sent path. */
  readonly path?: string;
  readonly service?: string;
  readonly operation?: string;
  readonly fault?: string;
  readonly cluster?: string;
}

export interface Arrival {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Start of the request, as `performance.now()` gives it. */
  readonly started: number;
  readonly requestId: string;
}

export function arrivalNow(): Arrival {
  return { at: Date.now(), started: performance.now(), requestId: randomUUID() };
}

export function entryOf(
  raw: RawRequest,
  delivery: Delivery,
  about: Arrival & { readonly subject: Subject; readonly recordBodies: boolean },
): Omit<LoggedRequest, 'seq'> {
  const { at, started, requestId, subject, recordBodies } = about;
  const isReply = delivery.kind === 'reply';
  return {
    at,
    path: raw.path,
    ...subject,
    method: raw.method,
    query: hiddenSignature(raw.query),
    status: isReply || delivery.kind === 'stream' ? delivery.status : 0,
    requestId,
    bytesIn: raw.body.length,
    bytesOut: isReply && raw.method !== 'HEAD' ? (delivery.cutAt ?? delivery.body.length) : 0,
    durationMs: performance.now() - started,
    ...(recordBodies && { exchange: exchangeOf(raw, delivery) }),
  };
}

function exchangeOf(raw: RawRequest, delivery: Delivery): RecordedExchange {
  const { authorization: _signature, ...requestHeaders } = raw.headers;
  const reply = delivery.kind === 'reply' ? delivery : { headers: {}, body: Buffer.alloc(0) };
  return {
    requestHeaders,
    requestBody: raw.body.toString('base64'),
    replyHeaders: reply.headers,
    replyBody: reply.body.toString('base64'),
  };
}
