/** The ports through which the rows of the Resources view are read. */
import type { FinSpace } from '../../deploy/finspace/ports';
import type { ClusterSeen, SeenNode } from '../../drain/cluster-seen';
import type { Connection, Identity } from '../../model/connection';
import type { EksCluster, Nodegroup } from '../../model/eks';
import type { SeenWorkloads } from '../../model/seen-workload';
import type { Attention } from '../../nodegroup/attention/attention';
import type { Eks } from '../../nodegroup/ports';
import type { Support } from '../../nodegroup/rules/support';
import type { OptionalRead } from '../../plan/optional-read';

/** `interactive`: a user waits for the answer; `background`: the request gives way to interactive ones. */
export type Priority = 'interactive' | 'background';

/** The services that list and describe things. */
export interface Services {
  readonly finspace: FinSpace;
  readonly eks: Eks;
}

/** Watches what is inside clusters for the tree, and finds out the AMI releases of nodes. */
export interface ClusterSource {
  /**
   * Watches a cluster's nodes, pods and budgets until `signal` aborts; loads the Kubernetes client on first
   * use.
   */
  watchCluster(
    connection: Connection,
    cluster: string,
    changed: (seen: ClusterSeen) => void,
    signal: AbortSignal,
  ): void;
  /** The AMI release of a node of the group; undefined where it cannot be determined. */
  nodeRelease(node: SeenNode, group: Nodegroup): string | undefined;
}

/** The workloads of a cluster, as {@link WorkloadSource.watchWorkloads} reports them. */
export interface WorkloadsSeen extends SeenWorkloads {
  /** Commits of the code that this machine has deployed, by the location of the code, `s3://bucket/key`. */
  readonly commits: ReadonlyMap<string, string>;
}

export interface WorkloadSource {
  /**
   * Reports the workloads of a cluster again and again until `signal` aborts; loads the Kubernetes client on
   * first use.
   */
  watchWorkloads(
    connection: Connection,
    cluster: string,
    changed: (seen: WorkloadsSeen) => void,
    signal: AbortSignal,
  ): void;
}

/** The tree's access to AWS and to clusters; loads the AWS SDK on first use. */
export interface ResourceSource extends ClusterSource, WorkloadSource {
  services(connection: Connection, priority: Priority): Promise<Services>;
  identity(connection: Connection, signal: AbortSignal): Promise<Identity>;
  /** True if AWS can be asked without the user having to log in first. */
  isReady(connection: Connection): Promise<boolean>;
}

export interface ClusterAssessment {
  readonly attention: Attention;
  /** How long AWS supports the Kubernetes version of the cluster. */
  readonly support: OptionalRead<Support>;
}

/** Finds out what needs attention, and caches the answers of AWS that are needed for this. */
export interface AttentionReader {
  cluster(connection: Connection, cluster: EksCluster, signal: AbortSignal): Promise<ClusterAssessment>;
  /**
   * @param controlPlane Kubernetes version of the control plane; undefined if the cluster could not be read
   */
  nodegroup(
    connection: Connection,
    nodegroup: Nodegroup,
    controlPlane: string | undefined,
    signal: AbortSignal,
  ): Promise<Attention>;
  /** Whether any item of `attention` calls for action. */
  needs(attention: Attention): boolean;
  /**
   * Drops the cached answers for one connection, or for all connections if `connectionId` is undefined, so
   * that AWS is asked again.
   */
  forget(connectionId?: string): void;
}
