/** The audit log of the sandbox's Kubernetes APIs, in CloudWatch Logs, where EKS puts it. */
import { createHash, randomUUID } from 'node:crypto';
import type { LogStore } from '../logs/log-store';
import type { JsonObject } from '../protocols/operation';
import type { KubernetesCluster } from './cluster-api';
import type { Status } from './status';

/**
 * The data that the audit log contains about a request that changes something:
 * https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 */
export interface AuditedRequest {
  readonly verb: string;
  /** Path and query. */
  readonly uri: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly userAgent?: string;
  readonly objectRef: {
    readonly resource: string;
    readonly namespace?: string;
    readonly name?: string;
    readonly apiGroup?: string;
    readonly apiVersion: string;
    readonly subresource?: string;
  };
  readonly requestObject?: JsonObject;
  readonly code: number;
  /** Present where the request was refused. */
  readonly refusal?: Status;
}

export class AuditLog {
  constructor(private readonly logs: LogStore) {}

  record({ identity, time }: KubernetesCluster, request: AuditedRequest): void {
    const at = new Date(time.now()).toISOString().replace('Z', '000Z');
    const { code, refusal, username, groups } = request;
    const event: JsonObject = {
      kind: 'Event',
      apiVersion: 'audit.k8s.io/v1',
      level: 'RequestResponse',
      auditID: randomUUID(),
      stage: 'ResponseComplete',
      requestURI: request.uri,
      verb: request.verb,
      user: { username, groups },
      sourceIPs: ['127.0.0.1'],
      userAgent: request.userAgent,
      objectRef: request.objectRef,
      responseStatus: {
        metadata: {},
        ...(refusal && { status: refusal.status, message: refusal.message, reason: refusal.reason }),
        code,
      },
      requestObject: request.requestObject,
      responseObject: refusal,
      requestReceivedTimestamp: at,
      stageTimestamp: at,
      annotations: {
        'authorization.k8s.io/decision': code === 403 ? 'forbid' : 'allow',
        'authorization.k8s.io/reason': '',
      },
    };
    const hex = createHash('md5').update(identity.arn).digest('hex');
    this.logs.append(identity.region, `/aws/eks/${identity.name}/cluster`, `kube-apiserver-audit-${hex}`, [
      JSON.stringify(event),
    ]);
  }
}
