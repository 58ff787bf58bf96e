/** Handles each request to an AWS service: signature, latency, faults, dispatch and log. */
import { serviceFor, withBucketInPath } from './addressed';
import type { SignedHead } from './authorization';
import {
  type Delivery,
  jsonError,
  type ReplyDelivery,
  toDelivery,
  unknownService,
  withRequestId,
} from './delivery';
import { playFault, waited } from './fault-play';
import type { Fault } from './fault-syntax';
import type { Faults } from './faults';
import { type Arrival, arrivalNow, entryOf, type Subject } from './log-entry';
import { present } from './present';
import { withoutSignature } from './presigned';
import type { RawRequest, RequestHead } from './raw-request';
import type { RequestLog } from './request-log';
import type { SandboxRequest, SandboxService } from './sandbox-service';
import { signatureError } from './signature-errors';
import { type KeyPair, verifySignature } from './sigv4';

/** The conditions that the control plane may change while the sandbox runs. */
export interface Conditions {
  /**
   * Real milliseconds that a request waits before it is carried out. A request to an AWS service on which the
   * fault `skew` is played does not wait.
   */
  latencyMs: number;
  /** Whether the log keeps headers and bodies. */
  recordBodies: boolean;
}

export interface FrontParts {
  readonly keys: KeyPair;
  /** Called at every request, since a reset replaces the services. */
  readonly services: () => readonly SandboxService[];
  readonly conditions: Readonly<Conditions>;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** An abort of this signal ends all waits. */
  readonly stopping: AbortSignal;
}

interface Decision {
  readonly subject: Subject;
  readonly delivery: Delivery;
}

interface Refused extends Decision {
  readonly delivery: ReplyDelivery;
  /**
   * The signing time of the request. Present if this time is wrong in a signature of the Authorization header;
   * the signature itself has then not been checked.
   */
  readonly sent?: Date;
}

type HeadAndBody = RequestHead & { readonly body: Buffer | undefined };

/**
 * A request with a valid signature. If `late` is present, the signature is valid except for its time. If the
 * body is missing and `vouched` is false, the signature itself has not been checked.
 */
interface Admitted {
  readonly service: SandboxService;
  readonly region: string;
  /** The request without the signature of a presigned URL, and with the bucket in the path for S3. */
  readonly signed: SignedHead;
  readonly vouched: boolean;
  /**
   * The refusal, if the signature's time is wrong. It is sent unless a `skew` fault applies: then the
   * signature is judged again, by the clock of the fault.
   */
  readonly late?: Refused;
}

/**
 * The most bytes that are read of a body if the request declares neither the body's hash nor that the body is
 * unsigned: the signature can then be checked only with the body. Only S3 takes larger requests; for S3, the
 * declaration is required, and a presigned URL without one counts as unsigned.
 */
const MAX_UNVOUCHED_BYTES = 8 * 1024 ** 2;

export class Front {
  constructor(private readonly parts: FrontParts) {}

  /**
   * Judges a request before its body arrives, so that the sandbox reads no large body for a client without the
   * keys, and a client that waits for `100 Continue` sends no body in vain. If the signature depends on the
   * body and the request does not declare the body's hash, the signature is checked only when the body
   * has arrived.
   * @returns the most bytes of the body to read, or the refusal
   */
  admit(head: RequestHead): number | Delivery {
    const judged = this.admission({ ...head, body: undefined });
    if ('signed' in judged) return judged.vouched ? Number.POSITIVE_INFINITY : MAX_UNVOUCHED_BYTES;
    const raw = { ...head, body: Buffer.alloc(0), complete: true };
    return this.logged(raw, judged, arrivalNow());
  }

  /** Decides the answer to a request, and writes the request to the log before anything is sent back. */
  async answer(raw: RawRequest): Promise<Delivery> {
    const arrival = arrivalNow();
    return this.logged(raw, await this.decide(raw, arrival.requestId), arrival);
  }

  private logged(raw: RawRequest, { subject, delivery }: Decision, arrival: Arrival): Delivery {
    const stamped = withRequestId(delivery, arrival.requestId);
    const { recordBodies } = this.parts.conditions;
    this.parts.log.add(entryOf(raw, stamped, { ...arrival, subject, recordBodies }));
    return stamped;
  }

  private async decide(raw: RawRequest, requestId: string): Promise<Decision> {
    if (!raw.complete) return { subject: {}, delivery: { kind: 'reset' } };
    const judged = this.admission(raw);
    if (!('signed' in judged)) return judged;
    const { service, region, signed, late } = judged;
    const { method, path, headers, query } = signed;
    const request: SandboxRequest = { method, path, query, headers, body: raw.body, region, requestId };
    const operation = service.operationOf(request);
    const fault = this.parts.faults.next({ service: service.signingName, operation, path });
    const subject: Subject = {
      service: service.signingName,
      path,
      ...present({ operation, fault: fault?.kind }),
    };
    if (fault?.kind === 'skew') {
      const now = new Date(Date.now() + fault.ms);
      const then = this.judge(raw, now);
      const delivery = 'signed' in then ? toDelivery(await service.handle(request)) : then.delivery;
      return {
        subject,
        delivery: { ...delivery, headers: { ...delivery.headers, date: now.toUTCString() } },
      };
    }
    return { subject, delivery: late ? late.delivery : await this.play(fault, service, request) };
  }

  /**
   * Judges the request at the present time, as {@link judge} does. If a signature in the Authorization header
   * is wrong only in its time, and a `skew` fault may still be played, the request is admitted for now: `late`
   * holds its refusal.
   */
  private admission(raw: HeadAndBody): Admitted | Refused {
    const judged = this.judge(raw, new Date());
    if ('signed' in judged || judged.sent === undefined || !this.parts.faults.mayPlay('skew')) return judged;
    const inTime = this.judge(raw, judged.sent);
    return 'signed' in inTime ? { ...inTime, late: judged } : judged;
  }

  /**
   * Checks the signature. If the body is missing, the body's hash is not checked; nor is the signature itself, if
   * it depends on this hash and the request does not declare the hash.
   */
  private judge(raw: HeadAndBody, now: Date): Admitted | Refused {
    const query = new URLSearchParams(raw.query);
    const verdict = verifySignature({ ...raw, query }, this.parts.keys, now);
    const named = this.parts.services().find(({ signingName }) => signingName === verdict.scope?.service);
    if (!verdict.ok) {
      const service = verdict.scope ? named : serviceFor({ ...raw, query }, this.parts.services());
      const { problem } = verdict;
      const { status, code, message, fields } = signatureError(problem, service?.signingName ?? '');
      const delivery = service
        ? toDelivery(service.refuse(status, code, message, fields))
        : jsonError(status, code, message);
      return {
        subject: present({ service: service?.signingName }),
        delivery,
        ...(problem.kind === 'skewed' && { sent: problem.sent }),
      };
    }
    const { scope, presigned, vouched } = verdict;
    if (!named) return { subject: { service: scope.service }, delivery: unknownService(scope.service) };
    const { headers } = raw;
    const sent: SignedHead = { method: raw.method, path: raw.path, query, headers };
    const meant = presigned ? { ...sent, ...withoutSignature(sent) } : sent;
    const signed = named.signingName === 's3' ? withBucketInPath(meant) : meant;
    return { service: named, region: scope.region ?? '', signed, vouched };
  }

  private async play(
    fault: Exclude<Fault, { kind: 'skew' }> | undefined,
    service: SandboxService,
    request: SandboxRequest,
  ): Promise<Delivery> {
    const { conditions, stopping } = this.parts;
    if (!(await waited(fault, conditions.latencyMs, stopping))) return { kind: 'reset' };
    return playFault(fault, {
      handle: async (body = request.body) => toDelivery(await service.handle({ ...request, body })),
      body: request.body,
      refuse: ({ status, code, message, fields }) =>
        toDelivery(service.refuse(status, code, message, fields)),
    });
  }
}
