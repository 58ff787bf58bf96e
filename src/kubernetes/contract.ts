/** The interface between this folder and the extension: only types, since the code is loaded on first use. */
import type { Workloads } from '../deploy/kubernetes/ports';
import type { DrainApi, DrainWatch, PodLogs } from '../drain/ports';
import type { Clock } from '../model/clock';
import type { Connection } from '../model/connection';
import type { EndpointOverrides } from './destination';
import type { ClusterAws } from './ports';

/**
 * One try of a request, answered or given up, for the log: its verb, resource and names, but never
 * content.
 */
export interface RequestEntry {
  readonly connectionId: string;
  readonly cluster: string;
  readonly verb: string;
  /**
   * The resource as {@link KubernetesRequest.resource} names it, then the namespace and the name if the
   * request has them: `pods/log trading rdb-0`.
   */
  readonly resource: string;
  /**
   * The number of the try, counted from 1. A try that only repeats the request with a new token keeps the
   * number.
   */
  readonly attempt: number;
  readonly durationMs: number;
  readonly status?: number;
  /** The code of a failure of the Kubernetes API, or the kind of any other failure; absent on success. */
  readonly error?: string;
}

/** `interactive` requests may ask the user for an MFA code, `background` ones may not. */
export type CallerKind = 'interactive' | 'background';

export interface KubernetesHost {
  readonly clock: Clock;
  onRequest(entry: RequestEntry): void;
  aws(connection: Connection, kind: CallerKind): Promise<ClusterAws>;
  /**
   * ARN of the role that the connection's profile assumes, path included; undefined if the connection has
   * no profile, or the profile assumes no role.
   */
  roleOf(connection: Connection): Promise<string | undefined>;
  /** The present value of the user's setting for tunnels. */
  overrides(): EndpointOverrides;
}

/** The API of one cluster. Nothing is sent before a method is called. */
export interface ClusterClient {
  /** For requests that a user waits for. */
  readonly interactive: DrainApi & PodLogs;
  /**
   * For requests that no user waits for: they leave a part of the rate limit to other requests, and never ask
   * for an MFA code.
   */
  readonly background: DrainApi & PodLogs;
  readonly watch: DrainWatch;
  workloads(kind: CallerKind): Workloads;
}

export interface Kubernetes {
  /** The client of a cluster; calls with the same connection and name return the same client. */
  cluster(connection: Connection, name: string): ClusterClient;
  /**
   * Ends all watches, and rejects requests that wait for the rate limit. Other requests that are under way
   * continue.
   */
  dispose(): void;
}
