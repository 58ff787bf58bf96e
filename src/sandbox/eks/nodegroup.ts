/** A managed node group in the sandbox, and its form in the API. */
import type { Json, JsonObject } from '../protocols/operation';
import type { EksUpdate } from './update';

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html */
type NodegroupStatus =
  | 'CREATING'
  | 'ACTIVE'
  | 'UPDATING'
  | 'DELETING'
  | 'CREATE_FAILED'
  | 'DELETE_FAILED'
  | 'DEGRADED';

/** A health issue, with a code of https://docs.aws.amazon.com/eks/latest/APIReference/API_Issue.html */
export interface HealthIssue {
  readonly code: string;
  readonly message: string;
  readonly resourceIds: readonly string[];
}

export interface UpdateConfig {
  readonly maxUnavailable?: number;
  readonly maxUnavailablePercentage?: number;
  readonly updateStrategy?: 'DEFAULT' | 'MINIMAL';
}

export interface ScalingConfig {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize: number;
}

export interface Taint {
  readonly key?: string;
  readonly value?: string;
  readonly effect?: 'NO_SCHEDULE' | 'NO_EXECUTE' | 'PREFER_NO_SCHEDULE';
}

/** The facts of a node group that never change. */
export interface NodegroupFacts {
  readonly name: string;
  readonly arn: string;
  readonly amiType: string;
  readonly capacityType: 'ON_DEMAND' | 'SPOT';
  readonly instanceTypes: readonly string[];
  readonly subnetIds: readonly string[];
  readonly nodeRole: string;
  readonly autoScalingGroup: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** The part of a node group that updates can change. */
export interface NodegroupState {
  readonly status: NodegroupStatus;
  readonly version: string;
  /** The release of EKS's AMI; for a custom AMI, the id of this AMI. */
  readonly releaseVersion: string;
  readonly launchTemplate?: { readonly id: string; readonly name: string; readonly version: string };
  readonly scaling: ScalingConfig;
  readonly updateConfig: UpdateConfig;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly issues: readonly HealthIssue[];
}

export class Nodegroup {
  readonly updates: EksUpdate[] = [];
  /** Epoch milliseconds. */
  modifiedAt: number;

  constructor(
    readonly facts: NodegroupFacts,
    public state: NodegroupState,
  ) {
    this.modifiedAt = facts.createdAt;
  }

  change(part: Partial<NodegroupState>, at: number): void {
    this.state = { ...this.state, ...part };
    this.modifiedAt = at;
  }

  description(clusterName: string): JsonObject {
    const { facts, state } = this;
    const fromTemplate = state.launchTemplate !== undefined;
    return {
      nodegroupName: facts.name,
      nodegroupArn: facts.arn,
      clusterName,
      version: state.version,
      releaseVersion: state.releaseVersion,
      createdAt: facts.createdAt / 1000,
      modifiedAt: this.modifiedAt / 1000,
      status: state.status,
      capacityType: facts.capacityType,
      scalingConfig: { ...state.scaling },
      instanceTypes: fromTemplate ? undefined : facts.instanceTypes,
      subnets: facts.subnetIds,
      amiType: facts.amiType,
      nodeRole: facts.nodeRole,
      labels: state.labels,
      taints: state.taints.length > 0 ? state.taints.map((taint): Json => ({ ...taint })) : undefined,
      resources: { autoScalingGroups: [{ name: facts.autoScalingGroup }] },
      diskSize: fromTemplate ? undefined : 50,
      health: { issues: state.issues.map((issue): Json => ({ ...issue })) },
      updateConfig: { ...state.updateConfig },
      launchTemplate: state.launchTemplate && { ...state.launchTemplate },
      tags: Object.keys(facts.tags).length > 0 ? facts.tags : undefined,
    };
  }
}
