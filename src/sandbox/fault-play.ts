/** Plays faults on requests to AWS's services and to the Kubernetes APIs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Delivery, foreignReply, type ReplyDelivery, type StreamSink } from './delivery';
import type { Fault } from './fault-syntax';

/** A request on which a fault may be played. */
export interface Playable<D extends Delivery> {
  readonly body: Buffer;
  /** Carries the request out, with `body` in place of the request's own body if `body` is given. */
  handle(body?: Buffer): Promise<D>;
  /** The refusal that the fault names, in the service's own error shape. */
  refuse(fault: Extract<Fault, { kind: 'error' }>): ReplyDelivery;
}

/**
 * Waits for `latencyMs` (real milliseconds) and, if the fault is a delay, for the delay as well.
 * @returns false if the sandbox stops during the wait
 */
export async function waited(
  fault: Fault | undefined,
  latencyMs: number,
  stopping: AbortSignal,
): Promise<boolean> {
  const ms = latencyMs + (fault?.kind === 'delay' ? fault.ms : 0);
  if (ms === 0) return true;
  try {
    await sleep(ms, undefined, { signal: stopping });
    return true;
  } catch (error) {
    if (stopping.aborted) return false;
    throw error;
  }
}

/**
 * Plays a fault; without a fault, carries the request out. Also just carries the request out for a delay, and
 * for a fault that only the Kubernetes API has, since the caller plays these: a delay with {@link waited}. The
 * caller plays `skew` as well. On a stream, `flip` damages the first piece; after half of the first piece,
 * `truncate` resets the connection, and `shorten` ends the stream.
 */
export async function playFault<D extends Delivery>(
  fault: Exclude<Fault, { kind: 'skew' }> | undefined,
  request: Playable<D>,
): Promise<Delivery> {
  switch (fault?.kind) {
    case undefined:
    case 'delay':
    case 'watch-expired':
    case 'watch-mute':
    case 'endless-list':
      return request.handle();
    case 'error': {
      const refused = request.refuse(fault);
      return { ...refused, headers: { ...refused.headers, ...fault.headers } };
    }
    case 'html':
      return foreignReply(fault.status, { 'content-type': 'text/html' }, HTML_PAGE);
    case 'empty':
      return foreignReply(fault.status, {}, Buffer.alloc(0));
    case 'reply': {
      const { status, headers = {}, body, carriedOut = false } = fault;
      if (carriedOut) await request.handle();
      return foreignReply(status, headers, Buffer.from(body));
    }
    case 'reset':
    case 'hang':
      return { kind: fault.kind };
    case 'reset-after':
      await request.handle();
      return { kind: 'reset' };
    case 'truncate':
    case 'shorten':
    case 'flip':
      return spoiled(await request.handle(), fault.kind);
    case 'flip-request':
      return request.handle(flipped(request.body));
  }
}

const HTML_PAGE = Buffer.from(
  '<!DOCTYPE html>\n<html><head><title>Service Unavailable</title></head><body><h1>Service Unavailable</h1></body></html>\n',
);

type Spoiling = 'truncate' | 'shorten' | 'flip';

function spoiled(delivery: Delivery, how: Spoiling): Delivery {
  switch (delivery.kind) {
    case 'reply':
      return spoiledReply(delivery, how);
    case 'stream':
      return { ...delivery, begin: (sink) => delivery.begin(spoiledSink(sink, how)) };
    default:
      return delivery;
  }
}

function spoiledReply(reply: ReplyDelivery, how: Spoiling): ReplyDelivery {
  const half = Math.floor(reply.body.length / 2);
  if (how === 'truncate') return { ...reply, cutAt: half };
  if (how === 'flip') return { ...reply, body: flipped(reply.body) };
  const body = reply.body.subarray(0, half);
  return { ...reply, headers: { ...reply.headers, 'content-length': String(body.length) }, body };
}

function spoiledSink(sink: StreamSink, how: Spoiling): StreamSink {
  let isFirst = true;
  return {
    ...sink,
    write: (chunk) => {
      const body = Buffer.from(chunk);
      if (how === 'flip') sink.write(isFirst ? flipped(body) : body);
      else if (isFirst) {
        sink.write(body.subarray(0, body.length / 2));
        if (how === 'truncate') sink.reset();
        else sink.end();
      }
      isFirst = false;
    },
  };
}

/** The body with the lowest bit of its middle byte flipped. */
function flipped(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  const middle = Math.floor(copy.length / 2);
  const byte = copy[middle];
  if (byte !== undefined) copy[middle] = byte ^ 1;
  return copy;
}
