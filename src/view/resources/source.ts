/** What the rows of the Resources view are read through. */
import type { FinSpace } from '../../deploy/finspace/ports';
import type { ClusterSeen, SeenNode } from '../../drain/cluster-seen';
import type { Connection, Identity } from '../../model/connection';
import type { EksCluster, Nodegroup } from '../../model/eks';
import type { SeenWorkloads } from '../../model/seen-workload';
import type { Attention } from '../../nodegroup/attention/attention';
import type { Eks } from '../../nodegroup/ports';
import type { Support } from '../../nodegroup/rules/support';
import type { OptionalRead } from '../../plan/optional-read';

/** Whether a user waits for the answer, or whether it yields to whatever a user waits for. */
export type Priority = 'interactive' | 'background';

/** The services that list and describe things. */
export interface Services {
  readonly finspace: FinSpace;
  readonly eks: Eks;
}

/** Watches the nodes of clusters for the tree. */
export interface ClusterSource {
  /** Watches a cluster's nodes, pods and budgets until `signal` aborts; loads the client on first use. */
  watchCluster(
    connection: Connection,
    cluster: string,
    changed: (seen: ClusterSeen) => void,
    signal: AbortSignal,
  ): void;
  /** Which AMI release a node of the group is of; undefined where it cannot be told. */
  nodeRelease(node: SeenNode, group: Nodegroup): string | undefined;
}

/** The workloads of a cluster, as a watch sees them. */
export interface WorkloadsSeen extends SeenWorkloads {
  /** Commits of the code that this machine has deployed, by the address of the code, `s3://bucket/key`. */
  readonly commits: ReadonlyMap<string, string>;
}

export interface WorkloadSource {
  /** Watches the workloads of a cluster until `signal` aborts; loads the client on first use. */
  watchWorkloads(
    connection: Connection,
    cluster: string,
    changed: (seen: WorkloadsSeen) => void,
    signal: AbortSignal,
  ): void;
}

/** What the tree asks AWS through; loads the SDK on first use. */
export interface ResourceSource extends ClusterSource, WorkloadSource {
  services(connection: Connection, priority: Priority): Promise<Services>;
  identity(connection: Connection, signal: AbortSignal): Promise<Identity>;
  /** True if AWS can be asked without the user having to log in first. */
  isReady(connection: Connection): Promise<boolean>;
}

export interface ClusterAssessment {
  readonly attention: Attention;
  /** How long AWS supports the cluster's version. */
  readonly support: OptionalRead<Support>;
}

/** Finds out what needs attention, and caches the answers. */
export interface AttentionReader {
  cluster(connection: Connection, cluster: EksCluster, signal: AbortSignal): Promise<ClusterAssessment>;
  /** `controlPlane` undefined: the cluster could not be read. */
  nodegroup(
    connection: Connection,
    nodegroup: Nodegroup,
    controlPlane: string | undefined,
    signal: AbortSignal,
  ): Promise<Attention>;
  /** Whether there is anything to act on. */
  needs(attention: Attention): boolean;
  /** Asks AWS anew from here on; undefined: for all connections. */
  forget(connectionId?: string): void;
}
