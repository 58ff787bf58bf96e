/** What this room offers the extension and what it needs of it: types alone, since the code is loaded on first use. */
import type { Workloads } from '../deploy/kubernetes/ports';
import type { DrainApi, DrainWatch, PodLogs } from '../drain/ports';
import type { Clock } from '../model/clock';
import type { Connection } from '../model/connection';
import type { EndpointOverrides } from './destination';
import type { ClusterAws } from './ports';

/** One request that was answered or given up, for the log: verb, resource and names, never any content. */
export interface RequestEntry {
  readonly connectionId: string;
  readonly cluster: string;
  readonly verb: string;
  /** Followed by the namespace and the name, where the request has them. */
  readonly resource: string;
  /** The number of the try, from 1. */
  readonly attempt: number;
  readonly durationMs: number;
  readonly status?: number;
  /** The failure's code; absent on success. */
  readonly error?: string;
}

/** `interactive` requests may ask the user for an MFA code, `background` ones may not. */
export type CallerKind = 'interactive' | 'background';

export interface KubernetesHost {
  readonly clock: Clock;
  onRequest(entry: RequestEntry): void;
  aws(connection: Connection, kind: CallerKind): Promise<ClusterAws>;
  /** ARN of the role that the connection's profile assumes, path included, where it names one. */
  roleOf(connection: Connection): Promise<string | undefined>;
  /** The present value of the user's setting. */
  overrides(): EndpointOverrides;
}

/** One cluster's API. Nothing is sent before a method is called. */
export interface ClusterClient {
  /** For requests that a user waits for. */
  readonly interactive: DrainApi & PodLogs;
  /** For requests that nobody waits for: they leave part of the rate to the others, and never ask for an MFA code. */
  readonly background: DrainApi & PodLogs;
  readonly watch: DrainWatch;
  workloads(kind: CallerKind): Workloads;
}

export interface Kubernetes {
  /** The client of a cluster, the same one each time. */
  cluster(connection: Connection, name: string): ClusterClient;
  /** Ends all requests and watches. */
  dispose(): void;
}
