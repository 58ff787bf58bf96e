/** A request to one cluster's API, with everything on which the answer depends. */
import type { Fault } from '../../fault-syntax';
import type { AuditLog } from '../audit-log';
import type { KubernetesCluster } from '../cluster-api';
import type { Resource } from '../resources';
import type { Access, Caller } from './access';
import type { ListSnapshots } from './list-snapshots';
import type { ApiRequest, Target } from './request';
import type { OpenStreams } from './streams';

/** A cluster, with all data that its API server needs for its answers. */
export interface ServedCluster {
  readonly cluster: KubernetesCluster;
  readonly audit: AuditLog;
  /** Whether its API server cannot be reached at present. */
  readonly isGone: () => boolean;
  /** Rights of a caller who signs with the sandbox's keys. */
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
  /**
   * The fault that is played on the request. Only `endless-list`, `watch-expired` and `watch-mute` matter here,
   * since the code that makes the answer plays them.
   */
  readonly fault?: Fault;
}

export interface ResourceCall extends Call {
  readonly resource: Resource;
  readonly target: Target;
  /** Undefined if the resource is not namespaced, or the request covers all namespaces. */
  readonly namespace: string | undefined;
}
