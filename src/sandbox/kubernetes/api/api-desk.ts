/** Handles each request to one cluster's Kubernetes API: faults, authentication, rights, answer and log. */
import { type Delivery, toDelivery } from '../../delivery';
import { playFault, waited } from '../../fault-play';
import type { Fault } from '../../fault-syntax';
import type { Faults } from '../../faults';
import type { Conditions } from '../../front';
import { type Arrival, arrivalNow, entryOf, type Subject } from '../../log-entry';
import { present } from '../../present';
import type { RawRequest } from '../../raw-request';
import type { RequestLog } from '../../request-log';
import type { Desk } from '../../server';
import type { KubernetesCluster } from '../cluster-api';
import { StatusError } from '../status';
import { type Access, ANONYMOUS, attributesOf, type Caller, forbidden, mayDo, unauthorized } from './access';
import { answer } from './answer';
import { audited } from './audited';
import type { Call, ServedCluster } from './call';
import { ListSnapshots } from './list-snapshots';
import { statusReply } from './reply';
import { apiRequestOf, operationNameOf } from './request';
import type { OpenStreams } from './streams';
import { type TokenChecks, type TokenHolder, tokenHolder } from './tokens';

export interface ApiDeskParts {
  /** Finds the cluster, and carries out the events that are due; undefined if the cluster no longer exists. */
  readonly find: () => ServedCluster | undefined;
  readonly checks: TokenChecks;
  readonly conditions: Readonly<Conditions>;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly streams: OpenStreams;
  /** Whether the server cannot be reached at present. */
  readonly isGone: () => boolean;
  /** An abort of this signal ends all waits. */
  readonly stopping: AbortSignal;
}

/** kube-apiserver's limit for the bodies of requests. */
const MAX_BODY_BYTES = 3 * 1024 ** 2;

export class ApiDesk implements Desk {
  /** Keyed by cluster, so that the snapshots disappear with a cluster that a reset replaces. */
  private readonly snapshots = new WeakMap<KubernetesCluster, ListSnapshots>();

  constructor(private readonly parts: ApiDeskParts) {}

  admit(): number | Delivery {
    return this.parts.isGone() ? { kind: 'reset' } : MAX_BODY_BYTES;
  }

  async answer(raw: RawRequest): Promise<Delivery> {
    const arrival = arrivalNow();
    const { subject, delivery } = await this.decide(raw, arrival);
    const { recordBodies } = this.parts.conditions;
    this.parts.log.add(entryOf(raw, delivery, { ...arrival, subject, recordBodies }));
    return delivery;
  }

  private async decide(
    raw: RawRequest,
    { requestId }: Arrival,
  ): Promise<{ readonly subject: Subject; readonly delivery: Delivery }> {
    const service = 'kubernetes';
    if (!raw.complete) return { subject: { service }, delivery: { kind: 'reset' } };
    const operation = operationNameOf(apiRequestOf(raw));
    const fault = this.parts.faults.next({ service, operation, path: raw.path });
    const cluster = this.parts.find()?.cluster.identity.name;
    const subject: Subject = {
      service,
      operation,
      ...present({ cluster, fault: fault?.kind }),
    };
    const delivery = await this.play(fault, raw);
    return { subject, delivery: 'headers' in delivery ? withAuditId(delivery, requestId) : delivery };
  }

  private async play(fault: Fault | undefined, raw: RawRequest): Promise<Delivery> {
    const { conditions, stopping } = this.parts;
    if (!(await waited(fault, conditions.latencyMs, stopping))) return { kind: 'reset' };
    if (fault?.kind === 'skew') {
      const now = new Date(Date.now() + fault.ms);
      const delivery = this.handle(raw, now, undefined);
      return { ...delivery, headers: { ...delivery.headers, date: now.toUTCString() } };
    }
    return playFault(fault, {
      body: raw.body,
      handle: async (body = raw.body) => this.handle({ ...raw, body }, new Date(), fault),
      refuse: ({ status, code, message, fields }) =>
        toDelivery(statusReply(new StatusError(status, code, message, fields))),
    });
  }

  private handle(raw: RawRequest, now: Date, fault: Fault | undefined): Answered {
    try {
      const served = this.parts.find();
      if (!served)
        throw new StatusError(
          503,
          'ServiceUnavailable',
          'the server is currently unable to handle the request',
        );
      const { caller, access } = this.callerOf(raw, served, now);
      const call: Call = {
        served,
        caller,
        access,
        request: apiRequestOf(raw),
        body: raw.body,
        streams: this.parts.streams,
        snapshots: this.snapshotsOf(served.cluster),
        ...present({ fault }),
      };
      return audited(call, () => {
        const asked = attributesOf(call.request);
        if (!mayDo(caller, access, asked)) throw forbidden(caller, asked);
        return answer(call);
      });
    } catch (error) {
      if (error instanceof StatusError) return toDelivery(statusReply(error));
      throw error;
    }
  }

  private snapshotsOf(cluster: KubernetesCluster): ListSnapshots {
    const snapshots = this.snapshots.get(cluster) ?? new ListSnapshots(cluster.store);
    this.snapshots.set(cluster, snapshots);
    return snapshots;
  }

  private callerOf(
    { headers }: RawRequest,
    { cluster, access, sessionArn }: ServedCluster,
    now: Date,
  ): { readonly caller: Caller; readonly access: Access } {
    const header = headers['authorization'];
    if (header === undefined) return { caller: ANONYMOUS, access: 'none' };
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';
    const holder = tokenHolder(token, cluster.identity.name, this.parts.checks, now);
    // The cluster does not know a principal without an access entry.
    if (!holder || (holder === 'aws' && access === 'none')) throw unauthorized();
    return { caller: callerNamed(holder, sessionArn), access: holder === 'own' ? 'full' : access };
  }
}

type Answered = Extract<Delivery, { readonly kind: 'reply' | 'stream' }>;

function callerNamed(holder: TokenHolder, sessionArn: string): Caller {
  if (holder === 'own') return { username: 'sandbox', groups: ['system:masters', 'system:authenticated'] };
  // EKS's default user name for an access entry: a `-` replaces each `@` of the session's name.
  return { username: sessionArn.replaceAll('@', '-'), groups: ['system:authenticated'] };
}

function withAuditId(delivery: Answered, id: string): Answered {
  if (delivery.kind === 'reply' && delivery.foreign) return delivery;
  return { ...delivery, headers: { 'audit-id': id, ...delivery.headers } };
}
