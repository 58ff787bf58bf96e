/** What happens to each request between the wire and a service: signature, latency, faults, dispatch, log. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './fault-syntax';
import type { Faults } from './faults';
import type { RecordedExchange, RequestLog } from './request-log';
import type { SandboxReply, SandboxRequest, SandboxService } from './service';
import { signatureError } from './signature-errors';
import { type CredentialScope, type KeyPair, type SignatureProblem, verifySignature } from './sigv4';

/** A request with its whole body. Header names are lower case, repeated ones joined by a comma. */
export interface RawRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** False when the client left in the middle of the body. */
  readonly complete: boolean;
}

/** What the wire is to do. */
export type Delivery =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
      /** Only so many bytes of the body go out, then the connection is reset. */
      readonly cutAt?: number;
      /** Somebody else answers in place of a service. */
      readonly foreign?: boolean;
    }
  | { readonly kind: 'reset' | 'hang' };

type Reply = Extract<Delivery, { readonly kind: 'reply' }>;

/** What one sandbox's control plane may change while it runs. */
export interface Conditions {
  /** Real milliseconds that every request waits first. */
  latencyMs: number;
  /** Whether the log keeps headers and bodies. */
  recordBodies: boolean;
}

export interface FrontParts {
  readonly keys: KeyPair;
  /** Asked at every request: a reset replaces them. */
  readonly services: () => readonly SandboxService[];
  readonly conditions: Readonly<Conditions>;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Ends all waits. */
  readonly stopping: AbortSignal;
}

/** What is known of a request by the time it is answered. */
interface Subject {
  readonly service?: string;
  readonly operation?: string;
  readonly fault?: string;
}

interface Decision {
  readonly subject: Subject;
  readonly delivery: Delivery;
}

export class Front {
  constructor(private readonly parts: FrontParts) {}

  /** Decides what becomes of a request, and writes it to the log before anything is sent back. */
  async answer(raw: RawRequest): Promise<Delivery> {
    const started = performance.now();
    const at = Date.now();
    const requestId = randomUUID();
    const { subject, delivery } = await this.decide(raw, requestId);
    const stamped = withRequestId(delivery, requestId);
    this.parts.log.add({
      at,
      ...subject,
      method: raw.method,
      path: raw.path,
      query: raw.query,
      status: stamped.kind === 'reply' ? stamped.status : 0,
      requestId,
      bytesIn: raw.body.length,
      bytesOut:
        stamped.kind === 'reply' && raw.method !== 'HEAD' ? (stamped.cutAt ?? stamped.body.length) : 0,
      durationMs: performance.now() - started,
      ...(this.parts.conditions.recordBodies && { exchange: exchangeOf(raw, stamped) }),
    });
    return stamped;
  }

  private async decide(raw: RawRequest, requestId: string): Promise<Decision> {
    if (!raw.complete) return { subject: {}, delivery: { kind: 'reset' } };
    const query = new URLSearchParams(raw.query);
    const signed = { ...raw, query };
    const verdict = verifySignature(signed, this.parts.keys, new Date());
    const { scope } = verdict;
    const service = this.parts.services().find(({ signingName }) => signingName === scope?.service);
    // One whose time alone is wrong is judged again below: a fault may have changed the service's clock.
    const isRefused = !verdict.ok && verdict.problem.kind !== 'skewed';
    if (isRefused || !service || !scope) {
      if (verdict.ok)
        return { subject: { service: verdict.scope.service }, delivery: unknownService(verdict.scope) };
      const subject = { ...(service && { service: service.signingName }) };
      return { subject, delivery: refusal(verdict.problem, service) };
    }

    const { method, path, headers, body } = raw;
    const request: SandboxRequest = { method, path, query, headers, body, region: scope.region, requestId };
    const operation = service.operationOf(request);
    const fault = this.parts.faults.next({ service: service.signingName, operation, path });
    const subject: Subject = {
      service: service.signingName,
      ...(operation !== undefined && { operation }),
      ...(fault && { fault: fault.kind }),
    };
    if (fault?.kind === 'skew') {
      const now = new Date(Date.now() + fault.ms);
      const late = verifySignature(signed, this.parts.keys, now);
      const delivery = late.ok ? toDelivery(await service.handle(request)) : refusal(late.problem, service);
      return {
        subject,
        delivery: { ...delivery, headers: { ...delivery.headers, date: now.toUTCString() } },
      };
    }
    if (!verdict.ok) return { subject, delivery: refusal(verdict.problem, service) };
    return { subject, delivery: await this.play(fault, service, request) };
  }

  private async play(
    fault: Exclude<Fault, { kind: 'skew' }> | undefined,
    service: SandboxService,
    request: SandboxRequest,
  ): Promise<Delivery> {
    const waits = this.parts.conditions.latencyMs + (fault?.kind === 'delay' ? fault.ms : 0);
    if (waits > 0 && !(await this.waited(waits))) return { kind: 'reset' };
    const handle = async (asked = request): Promise<Reply> => toDelivery(await service.handle(asked));

    switch (fault?.kind) {
      case undefined:
      case 'delay':
        return handle();
      case 'error': {
        const refused = toDelivery(service.refuse(fault.status, fault.code, fault.message, fault.fields));
        return { ...refused, headers: { ...refused.headers, ...fault.headers } };
      }
      case 'html':
        return foreign(fault.status, { 'content-type': 'text/html' }, HTML_PAGE);
      case 'empty':
        return foreign(fault.status, {}, Buffer.alloc(0));
      case 'reply': {
        const { status, headers = {}, body, carriedOut = false } = fault;
        if (carriedOut) await handle();
        return foreign(status, headers, Buffer.from(body));
      }
      case 'reset':
      case 'hang':
        return { kind: fault.kind };
      case 'reset-after':
        await handle();
        return { kind: 'reset' };
      case 'truncate': {
        const reply = await handle();
        return { ...reply, cutAt: Math.floor(reply.body.length / 2) };
      }
      case 'shorten': {
        const whole = await handle();
        const body = whole.body.subarray(0, Math.floor(whole.body.length / 2));
        return { ...whole, headers: { ...whole.headers, 'content-length': String(body.length) }, body };
      }
      case 'flip': {
        const reply = await handle();
        return { ...reply, body: flipped(reply.body) };
      }
      case 'flip-request':
        return handle({ ...request, body: flipped(request.body) });
    }
  }

  /** False when the sandbox stops first. */
  private async waited(ms: number): Promise<boolean> {
    try {
      await sleep(ms, undefined, { signal: this.parts.stopping });
      return true;
    } catch (error) {
      if (this.parts.stopping.aborted) return false;
      throw error;
    }
  }
}

const HTML_PAGE = Buffer.from(
  '<!DOCTYPE html>\n<html><head><title>Service Unavailable</title></head><body><h1>Service Unavailable</h1></body></html>\n',
);

function refusal(problem: SignatureProblem, service: SandboxService | undefined): Reply {
  const { status, code, message, fields } = signatureError(problem, service?.signingName ?? '');
  return service ? toDelivery(service.refuse(status, code, message, fields)) : json(status, code, message);
}

function toDelivery(reply: SandboxReply): Reply {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : (reply.body ?? Buffer.alloc(0));
  return { kind: 'reply', status: reply.status, headers: reply.headers ?? {}, body };
}

/** What somebody between client and service answers, who knows of no request id. */
function foreign(status: number, headers: Reply['headers'], body: Buffer): Reply {
  return { kind: 'reply', status, headers, body, foreign: true };
}

function withRequestId(delivery: Delivery, requestId: string): Delivery {
  if (delivery.kind !== 'reply' || delivery.foreign) return delivery;
  return { ...delivery, headers: { 'x-amzn-requestid': requestId, ...delivery.headers } };
}

function unknownService({ service }: CredentialScope): Delivery {
  const message = `Credential should be scoped to a service that the sandbox has, not ${service}.`;
  return json(403, 'InvalidSignatureException', message);
}

function json(status: number, code: string, message: string): Reply {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
  return { kind: 'reply', status, headers, body: Buffer.from(JSON.stringify({ message })) };
}

function flipped(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  const middle = Math.floor(copy.length / 2);
  const byte = copy[middle];
  if (byte !== undefined) copy[middle] = byte ^ 1;
  return copy;
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
