/** A request to one cluster's API, with all that its answer depends on. */
import type { Fault } from '../../fault-syntax';
import type { AuditLog } from '../audit-log';
import type { KubernetesCluster } from '../cluster-api';
import type { Resource } from '../resources';
import type { Access, Caller } from './access';
import type { ListSnapshots } from './list-snapshots';
import type { ApiRequest, Target } from './request';
import type { OpenStreams } from './streams';

/** A cluster as the world of now has it. */
export interface ServedCluster {
  readonly cluster: KubernetesCluster;
  readonly audit: AuditLog;
  /** Whether its API server cannot be reached for a while. */
  readonly isGone: () => boolean;
  /** Of whoever signs with the sandbox's keys. */
  readonly access: Access;
  /** ARN of the session that the sandbox's keys belong to. */
  readonly sessionArn: string;
}

export interface Call {
  readonly served: ServedCluster;
  readonly caller: Caller;
  readonly access: Access;
  readonly request: ApiRequest;
  readonly body: Buffer;
  readonly streams: OpenStreams;
  readonly snapshots: ListSnapshots;
  /** A fault that shows in the answer itself. */
  readonly fault?: Fault;
}

export interface ResourceCall extends Call {
  readonly resource: Resource;
  readonly target: Target;
  /** As the store has it: undefined where the resource has none, or the request is of all. */
  readonly namespace: string | undefined;
}
