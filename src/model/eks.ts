/**
 * Types for Amazon EKS, such as clusters, managed node groups, updates and add-ons, and for the launch
 * templates and subnets that node groups use. Times are epoch milliseconds.
 */
import type { Phase } from './phase';

export interface EksCluster {
  readonly name: string;
  readonly arn: string;
  /** Kubernetes version, `1.33`. */
  readonly version: string;
  readonly platformVersion?: string;
  readonly status: string;
  readonly phase: Phase;
  /** The support type in the cluster's upgrade policy: `STANDARD` or `EXTENDED`. */
  readonly supportType?: string;
  readonly subnetIds: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly health: readonly HealthIssue[];
  /** The endpoint of the cluster's Kubernetes API; absent until EKS has created the endpoint. */
  readonly api?: ClusterEndpoint;
  /** `API`, `API_AND_CONFIG_MAP`, `CONFIG_MAP`: where EKS looks up who may use the Kubernetes API. */
  readonly authenticationMode?: string;
  /** True if the cluster uses EKS Auto Mode: EKS runs the nodes, outside of node groups. */
  readonly autoMode?: boolean;
  /** Types of control plane logs that go to CloudWatch: `api`, `audit`, … */
  readonly logging?: readonly string[];
}

/** How a cluster's Kubernetes API is reached. */
export interface ClusterEndpoint {
  /** `https://…`. */
  readonly url: string;
  /** The cluster's own CA: one or more certificates, in PEM. */
  readonly certificateAuthority: string;
  /** True if the API can be reached from the internet. */
  readonly publicAccess: boolean;
  /** True if the API can be reached from inside of the cluster's network. */
  readonly privateAccess: boolean;
  /** Address ranges of the internet from which the API can be reached; `0.0.0.0/0` for all. */
  readonly publicAccessCidrs: readonly string[];
}

export interface HealthIssue {
  readonly code: string;
  readonly message: string;
  readonly resourceIds: readonly string[];
}

export interface LaunchTemplateRef {
  readonly id?: string;
  readonly name?: string;
  readonly version?: string;
}

export interface UpdateConfig {
  readonly maxUnavailable?: number;
  readonly maxUnavailablePercentage?: number;
  readonly updateStrategy?: string;
}

export interface Nodegroup {
  readonly clusterName: string;
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly phase: Phase;
  /** Kubernetes version; absent where AWS does not return it, because the node group has a custom AMI. */
  readonly version?: string;
  /** AMI release version; for a custom AMI, AWS returns the image id here. */
  readonly releaseVersion?: string;
  /** An AMI type that the EKS API defines, such as `CUSTOM`, or a type that Slipway does not know yet. */
  readonly amiType: string;
  readonly capacityType?: string;
  readonly instanceTypes: readonly string[];
  readonly scaling: { readonly min?: number; readonly max?: number; readonly desired?: number };
  readonly updateConfig: UpdateConfig;
  readonly launchTemplate?: LaunchTemplateRef;
  readonly subnetIds: readonly string[];
  readonly health: readonly HealthIssue[];
  readonly tags: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt?: number;
  readonly modifiedAt?: number;
}

/** Why an update failed: EKS's error code and message, and the resources concerned. */
export interface UpdateError {
  readonly code: string;
  readonly message: string;
  readonly resourceIds: readonly string[];
}

export interface EksUpdate {
  readonly id: string;
  /** `InProgress`, `Failed`, `Cancelled`, `Successful`, or a status that Slipway does not know yet. */
  readonly status: string;
  /** `VersionUpdate`, `ConfigUpdate`, … */
  readonly type: string;
  readonly params: readonly { readonly type: string; readonly value: string }[];
  readonly createdAt?: number;
  readonly errors: readonly UpdateError[];
  /** Why the update was cancelled, or why cancelling it failed, in the words of AWS or of the user who cancelled it. */
  readonly cancellation?: string;
}

/** How EKS supports one Kubernetes version, from DescribeClusterVersions. */
export interface ClusterVersion {
  readonly version: string;
  /** `STANDARD_SUPPORT`, `EXTENDED_SUPPORT`, `UNSUPPORTED`, or a status that Slipway does not know yet. */
  readonly status: string;
  readonly isDefault: boolean;
  readonly endOfStandardSupport?: number;
  readonly endOfExtendedSupport?: number;
}

export interface Insight {
  readonly id: string;
  readonly name: string;
  /** `UPGRADE_READINESS`, `ROLLBACK_READINESS`, … */
  readonly category: string;
  /** `PASSING`, `WARNING`, `ERROR`, `UNKNOWN`. */
  readonly status: string;
  readonly reason?: string;
  readonly kubernetesVersion?: string;
  readonly description?: string;
  readonly refreshedAt?: number;
}

export interface InsightDetails extends Insight {
  readonly recommendation?: string;
  readonly additionalInfo: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly status?: string;
    readonly reason?: string;
    readonly name: string;
  }[];
}

export interface LaunchTemplateVersion {
  readonly templateId: string;
  readonly templateName: string;
  readonly number: number;
  readonly isDefault: boolean;
  readonly description?: string;
  readonly createdAt?: number;
  readonly createdBy?: string;
  /** The AMI that this version of the template sets; absent if it sets none. */
  readonly imageId?: string;
  readonly instanceType?: string;
}

export interface Subnet {
  readonly id: string;
  readonly availabilityZone?: string;
  readonly freeAddresses?: number;
}

export interface Addon {
  readonly name: string;
  readonly version?: string;
  readonly status: string;
  readonly health: readonly HealthIssue[];
}

/** One version of an add-on, and the Kubernetes versions that it works with. */
export interface AddonVersion {
  readonly addon: string;
  readonly version: string;
  readonly kubernetesVersions: readonly { readonly version: string; readonly isDefault: boolean }[];
}
