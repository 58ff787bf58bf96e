/** The Kubernetes side of the sandbox's EKS clusters: one store of objects for each. */
import type { Timeline } from '../timeline';
import { ClusterTime } from './cluster-time';
import { ObjectStore } from './object-store';
import { PodLogs } from './pod-logs';
import { Programs } from './programs';

/** The facts about an EKS cluster that its Kubernetes side needs. */
export interface ClusterIdentity {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  /** Version of the control plane, such as `1.33`. */
  readonly version: string;
}

/** An EKS cluster. Its updates change `facts`. */
export interface ClusterOwner {
  readonly facts: ClusterIdentity;
}

/** One cluster, shared by its API server and its controllers. */
export class KubernetesCluster {
  readonly store: ObjectStore;
  readonly podLogs: PodLogs;
  /** The programs that the cluster's containers run. */
  readonly programs = new Programs();

  constructor(
    private readonly owner: ClusterOwner,
    readonly time: ClusterTime,
  ) {
    const now = () => time.now();
    this.store = new ObjectStore(now);
    this.podLogs = new PodLogs(now);
  }

  get identity(): ClusterIdentity {
    return this.owner.facts;
  }
}

/** The Kubernetes clusters, by the ARN of the EKS cluster. */
export class KubernetesClusters {
  private readonly clusters = new Map<string, KubernetesCluster>();

  /**
   * @param timeline the sandbox's timeline, for everything that clusters do by themselves
   * @param begin is called with each new cluster, to start its controllers and make its first objects
   */
  constructor(
    private readonly timeline: Timeline,
    private readonly begin: (cluster: KubernetesCluster) => void = () => undefined,
  ) {}

  /** The Kubernetes side of an EKS cluster; undefined if {@link of} has not made it yet. */
  known(owner: ClusterOwner): KubernetesCluster | undefined {
    return this.clusters.get(owner.facts.arn);
  }

  /** The Kubernetes side of an EKS cluster, made at the first call. */
  of(owner: ClusterOwner): KubernetesCluster {
    const { arn } = owner.facts;
    const known = this.clusters.get(arn);
    if (known) return known;
    const cluster = new KubernetesCluster(owner, new ClusterTime(this.timeline));
    this.clusters.set(arn, cluster);
    this.begin(cluster);
    return cluster;
  }
}
