/** What goes over the wire in answer to a request. */
import type { SandboxReply } from './service';

/** What the wire is to do. */
export type Delivery =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
      /** Only so many bytes of the body go out, then the connection is reset. */
      readonly cutAt?: number;
    }
  | { readonly kind: 'reset' | 'hang' };

export type ReplyDelivery = Extract<Delivery, { readonly kind: 'reply' }>;

export function toDelivery(reply: SandboxReply): ReplyDelivery {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : (reply.body ?? Buffer.alloc(0));
  return { kind: 'reply', status: reply.status, headers: reply.headers ?? {}, body };
}

export function withRequestId(delivery: Delivery, requestId: string): Delivery {
  if (delivery.kind !== 'reply') return delivery;
  return { ...delivery, headers: { 'x-amzn-requestid': requestId, ...delivery.headers } };
}

export function unknownService(service: string): Delivery {
  const message = `Credential should be scoped to a service that the sandbox has, not ${service}.`;
  return jsonError(403, 'InvalidSignatureException', message);
}

/** An error for which no service of the sandbox is known. */
export function jsonError(status: number, code: string, message: string): Delivery {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
  return { kind: 'reply', status, headers, body: Buffer.from(JSON.stringify({ message })) };
}
