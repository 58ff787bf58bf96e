/** What the extension asks of this room and what it has to bring along: types alone, the code is loaded on first use. */
import type { DrainApi, DrainWatch, PodLogs, PodRef } from '../drain/ports';
import type { Clock } from '../model/clock';
import type { Connection } from '../model/connection';
import type { Workload } from '../model/kubernetes';
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

export interface WorkloadRef {
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly namespace: string;
  readonly name: string;
}

export interface WorkloadPatch {
  /** The workload that is meant: one that was made anew under its name is refused as a `conflict`. */
  readonly uid: string;
  /** Refused as a `conflict` where the workload has changed since; absent: whatever its state. */
  readonly resourceVersion?: string;
  /** All of Slipway's annotations of the pod template: those that are left out are removed. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The API server's own test of it: nothing is changed. */
  readonly dryRun?: boolean;
  /** Takes the annotations from whoever owns them; without it that is a `conflict` with the cause FieldManagerConflict. */
  readonly force?: boolean;
}

export interface WorkloadApi {
  read(workload: WorkloadRef, signal: AbortSignal): Promise<Workload>;
  /** The workload as it is afterwards, or would be: admission may have dropped what was sent. */
  apply(workload: WorkloadRef, patch: WorkloadPatch, signal: AbortSignal): Promise<Workload>;
  deletePod(pod: PodRef, signal: AbortSignal): Promise<'deleted' | 'gone'>;
}

/** One cluster's API. Nothing is asked before something of it is used. */
export interface ClusterClient {
  /** For what a user waits for. */
  readonly interactive: DrainApi & PodLogs;
  /** For what nobody waits for: leaves the others their part of the rate, and nobody is asked for a code. */
  readonly background: DrainApi & PodLogs;
  readonly watch: DrainWatch;
  readonly workloads: WorkloadApi;
}

export interface Kubernetes {
  /** The client of a cluster, the same one each time. */
  cluster(connection: Connection, name: string): ClusterClient;
  /** Ends what is under way. */
  dispose(): void;
}
