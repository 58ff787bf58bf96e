/**
 * The requests to AWS that updates of node groups need. A call that fails throws its failure as data
 * (`model/failure`); the signal cancels a call.
 */
import type {
  Addon,
  AddonVersion,
  ClusterVersion,
  EksCluster,
  EksUpdate,
  Insight,
  InsightDetails,
  LaunchTemplateRef,
  LaunchTemplateVersion,
  Nodegroup,
  Subnet,
  UpdateConfig,
} from '../model/eks';
import type { Page } from '../model/page';

/** Body of UpdateNodegroupVersion. Members that are absent are not sent. */
export interface VersionUpdateRequest {
  readonly clusterName: string;
  readonly nodegroupName: string;
  /** Made by Slipway and recorded before it is sent. */
  readonly clientRequestToken: string;
  readonly version?: string;
  readonly releaseVersion?: string;
  /** `id` or `name`, never both. */
  readonly launchTemplate?: LaunchTemplateRef;
  readonly force?: boolean;
}

/** Body of UpdateNodegroupConfig. Contains only the settings that decide how an update runs. */
export interface ConfigUpdateRequest {
  readonly clusterName: string;
  readonly nodegroupName: string;
  readonly clientRequestToken: string;
  readonly updateConfig: UpdateConfig;
}

export interface AcceptedUpdate {
  readonly requestId?: string;
  readonly update: EksUpdate;
}

export interface Eks {
  listClusters(next: string | undefined, signal: AbortSignal): Promise<Page<string>>;
  describeCluster(name: string, signal: AbortSignal): Promise<EksCluster>;
  listNodegroups(cluster: string, next: string | undefined, signal: AbortSignal): Promise<Page<string>>;
  describeNodegroup(cluster: string, name: string, signal: AbortSignal): Promise<Nodegroup>;
  updateVersion(request: VersionUpdateRequest, signal: AbortSignal): Promise<AcceptedUpdate>;
  updateConfig(request: ConfigUpdateRequest, signal: AbortSignal): Promise<AcceptedUpdate>;
  /** `nodegroup` is undefined for an update of the cluster itself. */
  describeUpdate(
    cluster: string,
    nodegroup: string | undefined,
    id: string,
    signal: AbortSignal,
  ): Promise<EksUpdate>;
  /** Ids of updates, in no particular order. */
  listUpdates(
    cluster: string,
    nodegroup: string | undefined,
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<string>>;
  clusterVersions(next: string | undefined, signal: AbortSignal): Promise<Page<ClusterVersion>>;
  listInsights(cluster: string, next: string | undefined, signal: AbortSignal): Promise<Page<Insight>>;
  describeInsight(cluster: string, id: string, signal: AbortSignal): Promise<InsightDetails>;
  listAddons(cluster: string, next: string | undefined, signal: AbortSignal): Promise<Page<string>>;
  describeAddon(cluster: string, name: string, signal: AbortSignal): Promise<Addon>;
  addonVersions(
    query: { readonly addon?: string; readonly kubernetesVersion?: string },
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<AddonVersion>>;
}

/** The audit log of clusters' Kubernetes APIs. */
export interface AuditLog {
  /**
   * The log's lines about evictions by EKS since `from` (epoch milliseconds), whether the evictions were
   * refused or not, up to a limit. Undefined if the cluster keeps no audit log.
   */
  refusedEvictions(
    cluster: string,
    from: number,
    signal: AbortSignal,
  ): Promise<readonly string[] | undefined>;
}

/** SSM public parameters. */
export interface ImageParameters {
  /** The parameter's value; undefined if there is no such parameter. */
  get(name: string, signal: AbortSignal): Promise<string | undefined>;
}

/** The part of EC2 on which node groups depend. */
export interface Compute {
  launchTemplateVersions(
    template: LaunchTemplateRef,
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<LaunchTemplateVersion>>;
  subnets(ids: readonly string[], signal: AbortSignal): Promise<readonly Subnet[]>;
}

/** The requests to EKS, SSM and EC2 for updates of node groups, for one connection. */
export interface UpgradePorts {
  readonly eks: Eks;
  readonly images: ImageParameters;
  readonly compute: Compute;
}
