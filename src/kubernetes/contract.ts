/** What the extension asks of this room and what it has to bring along: types alone, the code is loaded on first use. */
import type { Workloads } from '../deploy/kubernetes/ports';
import type { DrainApi, DrainWatch, PodLogs } from '../drain/ports';
import type { Clock } from '../model/clock';
import type { Connection } from '../model/connection';
import type { EndpointOverrides } from './endpoint-setting';
import type { ClusterAws } from './ports';

/** One request that was answered or gave up, for the log. Names what it was about, never what was in it. */
export interface RequestEntry {
  readonly connectionId: string;
  readonly cluster: string;
  readonly verb: string;
  /** With the namespace and the name, where there are any. */
  readonly resource: string;
  /** Which try of the same call this was, from 1. */
  readonly attempt: number;
  readonly durationMs: number;
  readonly status?: number;
  /** The failure's code; absent on success. */
  readonly error?: string;
}

/** AWS as each kind of caller sees it: `interactive` may have the user asked for a code, `background` may not. */
export type CallerKind = 'interactive' | 'background';

export interface KubernetesHost {
  readonly clock: Clock;
  onRequest(entry: RequestEntry): void;
  aws(connection: Connection, kind: CallerKind): Promise<ClusterAws>;
  /** ARN of the role that the connection's profile assumes, path included, where it names one. */
  roleOf(connection: Connection): Promise<string | undefined>;
  /** The user's setting as it is now. */
  overrides(): EndpointOverrides;
}

/** One cluster's API. Nothing is asked before something of it is used. */
export interface ClusterClient {
  /** For what a user waits for. */
  readonly interactive: DrainApi & PodLogs;
  /** For what nobody waits for: leaves the others their part of the rate, and nobody is asked for a code. */
  readonly background: DrainApi & PodLogs;
  readonly watch: DrainWatch;
  workloads(kind: CallerKind): Workloads;
}

export interface Kubernetes {
  /** The client of a cluster, the same one each time. */
  cluster(connection: Connection, name: string): ClusterClient;
  /** Ends what is under way. */
  dispose(): void;
}
