/** The Kubernetes side of the sandbox's EKS clusters: one store of objects for each. */
import type { Timeline } from '../timeline';
import { ClusterTime } from './cluster-time';
import { ObjectStore } from './object-store';
import { PodLogs } from './pod-logs';
import { Programs } from './programs';

/** What the Kubernetes side knows of its EKS cluster. */
export interface ClusterIdentity {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  /** Of the control plane, such as `1.33`. */
  readonly version: string;
}

/** An EKS cluster, whose facts change with its updates. */
export interface ClusterOwner {
  readonly facts: ClusterIdentity;
}

/** One cluster as its API server and its controllers share it. */
export class KubernetesCluster {
  readonly store: ObjectStore;
  readonly podLogs: PodLogs;
  /** What its containers do. */
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

/** By the ARN of the EKS cluster. */
export class KubernetesClusters {
  private readonly clusters = new Map<string, KubernetesCluster>();

  /**
   * @param timeline the sandbox's, for all that happens in a cluster by itself.
   * @param begin is handed each cluster when it is asked for the first time: whoever acts in it by itself begins here.
   */
  constructor(
    private readonly timeline: Timeline,
    private readonly begin: (cluster: KubernetesCluster) => void = () => undefined,
  ) {}

  /** The cluster where somebody has asked for it before. */
  known(owner: ClusterOwner): KubernetesCluster | undefined {
    return this.clusters.get(owner.facts.arn);
  }

  /** The Kubernetes side of an EKS cluster, empty when it is asked for the first time. */
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
