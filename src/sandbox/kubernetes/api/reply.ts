/** Answers of the Kubernetes API, in JSON or as plain text. */
import type { JsonObject } from '../../protocols/operation';
import type { SandboxReply } from '../../sandbox-service';
import type { StatusError } from '../status';

export function jsonReply(status: number, body: JsonObject): SandboxReply {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache, private' };
  return { status, headers, body: `${JSON.stringify(body)}\n` };
}

export function textReply(status: number, body: string): SandboxReply {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache, private' };
  return { status, headers, body };
}

export function statusReply({ status }: StatusError): SandboxReply {
  const reply = jsonReply(status.code, status);
  const wait = status.details?.retryAfterSeconds;
  return wait === undefined
    ? reply
    : { ...reply, headers: { ...reply.headers, 'retry-after': String(wait) } };
}
