/** The content of the sandbox's AWS, for tests: `GET /_sandbox/state`. */
import type { EksCluster } from './eks/cluster';
import type { NodegroupState } from './eks/nodegroup';
import type { EksUpdate } from './eks/update';
import type { AcceptedUpdate, ClusterStatus } from './finspace/cluster';
import type { ClusterType, CodeConfiguration } from './finspace/shapes';
import { type WorkloadState, workloadStates } from './kubernetes/workload-state';
import { present } from './present';
import type { World } from './world';

export interface SandboxState {
  readonly kdbClusters: readonly KdbClusterState[];
  /** The most node group updates that ever ran at the same time, over all clusters. */
  readonly peakNodegroupUpdates: number;
  readonly eksClusters: readonly EksClusterState[];
}

interface KdbClusterState {
  readonly region: string;
  readonly environmentId: string;
  readonly clusterName: string;
  readonly clusterType: ClusterType;
  readonly status: ClusterStatus;
  readonly statusReason?: string;
  /** The configuration that the API shows at present. */
  readonly configuration: CodeConfiguration;
  /** Every update that was accepted, oldest first. */
  readonly updates: readonly AcceptedUpdate[];
}

interface EksClusterState {
  readonly region: string;
  readonly name: string;
  readonly version: string;
  /** The most node group updates of this cluster that ever ran at the same time. */
  readonly peakNodegroupUpdates: number;
  readonly nodegroups: readonly (NodegroupState & {
    readonly name: string;
    readonly amiType: string;
    /** Every update that was accepted or seeded, oldest first. */
    readonly updates: readonly EksUpdate[];
  })[];
  readonly workloads: readonly WorkloadState[];
}

export function stateOf({ timeline, environments, clusters, kubernetes, logs }: World): SandboxState {
  timeline.settle();
  return {
    kdbClusters: environments.clusters().map(({ environment, cluster }) => ({
      region: environment.region,
      environmentId: environment.id,
      clusterName: cluster.facts.name,
      clusterType: cluster.facts.type,
      status: cluster.status,
      ...present({ statusReason: cluster.statusReason }),
      configuration: cluster.configuration,
      updates: cluster.updates,
    })),
    peakNodegroupUpdates: clusters.nodegroupUpdates.peak,
    eksClusters: clusters.everywhere().map((cluster) => {
      const known = kubernetes.known(cluster);
      return { ...eksClusterState(cluster), workloads: known ? workloadStates(known, logs) : [] };
    }),
  };
}

function eksClusterState({
  facts,
  nodegroups,
  nodegroupUpdates,
}: EksCluster): Omit<EksClusterState, 'workloads'> {
  return {
    region: facts.region,
    name: facts.name,
    version: facts.version,
    peakNodegroupUpdates: nodegroupUpdates.peak,
    nodegroups: [...nodegroups.values()].map(({ facts: { name, amiType }, state, updates }) => ({
      name,
      amiType,
      ...state,
      updates,
    })),
  };
}
