/** The ways in which the sandbox can react to a request on its connection. */
import type { SandboxReply } from './sandbox-service';

/** A reply, a stream, a reset of the connection, or no answer at all. */
export type Delivery =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
      /** Number of bytes of the body after which the connection is reset. */
      readonly cutAt?: number;
      /** True if the answer looks as if a proxy gave it, not the service: the answer has no request id. */
      readonly foreign?: boolean;
    }
  | {
      /** A reply whose body is written over time, such as a watch. */
      readonly kind: 'stream';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /**
       * Called as soon as the head is sent. @returns a function to call when the response has ended or its
       * connection is closed
       */
      readonly begin: (sink: StreamSink) => () => void;
    }
  | { readonly kind: 'reset' | 'hang' };

export interface StreamSink {
  write(chunk: string | Buffer): void;
  end(): void;
  /** Resets the connection after everything that was written has been sent. */
  reset(): void;
}

export type ReplyDelivery = Extract<Delivery, { readonly kind: 'reply' }>;

export function toDelivery(reply: SandboxReply): ReplyDelivery {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : (reply.body ?? Buffer.alloc(0));
  return { kind: 'reply', status: reply.status, headers: reply.headers ?? {}, body };
}

/** A reply as from a proxy between client and service: without a request id. */
export function foreignReply(status: number, headers: ReplyDelivery['headers'], body: Buffer): ReplyDelivery {
  return { kind: 'reply', status, headers, body, foreign: true };
}

export function withRequestId(delivery: Delivery, requestId: string): Delivery {
  if (delivery.kind !== 'reply' || delivery.foreign) return delivery;
  return { ...delivery, headers: { 'x-amzn-requestid': requestId, ...delivery.headers } };
}

export function unknownService(service: string): ReplyDelivery {
  const message = `Credential should be scoped to a service that the sandbox has, not ${service}.`;
  return jsonError(403, 'InvalidSignatureException', message);
}

/** An error in JSON, for a request to an unknown service. */
export function jsonError(status: number, code: string, message: string): ReplyDelivery {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
  return { kind: 'reply', status, headers, body: Buffer.from(JSON.stringify({ message })) };
}
