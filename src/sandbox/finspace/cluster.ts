/** A kdb cluster in the sandbox: its state, the code that it serves, and its form in the API. */
import type { JsonObject } from '../protocols/operation';
import type { ClusterType, CodeConfiguration } from './shapes';

/** https://docs.aws.amazon.com/finspace/latest/management-api/API_KxCluster.html */
export type ClusterStatus =
  | 'PENDING'
  | 'CREATING'
  | 'CREATE_FAILED'
  | 'RUNNING'
  | 'UPDATING'
  | 'DELETING'
  | 'DELETED'
  | 'DELETE_FAILED';

/** The facts of a cluster that never change. */
export interface ClusterFacts {
  readonly name: string;
  readonly type: ClusterType;
  readonly description: string;
  readonly releaseLabel: string;
  readonly azMode: 'SINGLE' | 'MULTI';
  readonly availabilityZoneIds: readonly string[];
  readonly executionRole: string;
  readonly nodeType: string;
  readonly nodeCount: number;
  readonly vpc: {
    readonly vpcId: string;
    readonly securityGroupIds: readonly string[];
    readonly subnetIds: readonly string[];
  };
  /** The database that the cluster loads, if it loads one. */
  readonly database?: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** A code update that the sandbox accepted. */
export interface AcceptedUpdate {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: 'caller' | 'foreign';
  /** The whole JSON body of the request. */
  readonly body: unknown;
  /** When (epoch milliseconds) and how the update ended; absent before that. */
  ended?: { readonly at: number; readonly outcome: 'live' | 'failed'; readonly reason?: string };
}

export class KdbCluster {
  statusReason: string | undefined;
  /** True while an accepted update has not ended, even if `status` is RUNNING meanwhile. */
  updating = false;
  /** Epoch milliseconds. */
  lastModified: number;
  readonly updates: AcceptedUpdate[] = [];

  constructor(
    readonly facts: ClusterFacts,
    public status: ClusterStatus,
    public configuration: CodeConfiguration = {},
  ) {
    this.lastModified = facts.createdAt;
  }

  /**
   * The cluster in the form of ListKxClusters, which leaves out code, arguments, databases, capacity and
   * network.
   */
  summary(): JsonObject {
    const { facts } = this;
    return {
      status: this.status,
      statusReason: this.statusReason,
      clusterName: facts.name,
      clusterType: facts.type,
      clusterDescription: facts.description,
      releaseLabel: facts.releaseLabel,
      volumes: [],
      initializationScript: this.configuration.initializationScript,
      executionRole: facts.executionRole,
      azMode: facts.azMode,
      availabilityZoneId: facts.azMode === 'SINGLE' ? facts.availabilityZoneIds[0] : undefined,
      lastModifiedTimestamp: this.lastModified / 1000,
      createdTimestamp: facts.createdAt / 1000,
    };
  }

  description(): JsonObject {
    const { facts } = this;
    const args = this.configuration.commandLineArguments;
    return {
      ...this.summary(),
      databases: facts.database === undefined ? undefined : [{ databaseName: facts.database }],
      capacityConfiguration: { nodeType: facts.nodeType, nodeCount: facts.nodeCount },
      vpcConfiguration: { ...facts.vpc, ipAddressType: 'IP_V4' },
      commandLineArguments: args?.map(({ key, value }) => ({ key, value })),
      code: this.configuration.code && { ...this.configuration.code },
    };
  }

  /** The nodes in the form of ListKxClusterNodes; a cluster in PENDING or CREATE_FAILED has none. */
  nodes(): readonly JsonObject[] {
    const { facts } = this;
    if (this.status === 'CREATE_FAILED' || this.status === 'PENDING') return [];
    return Array.from({ length: facts.nodeCount }, (_, index) => ({
      nodeId: nodeId(facts.name, index),
      availabilityZoneId: facts.availabilityZoneIds[index % facts.availabilityZoneIds.length],
      launchTime: facts.createdAt / 1000,
      status: this.status === 'CREATING' ? 'PROVISIONING' : 'RUNNING',
    }));
  }
}

/** The id of a node: the same at every call, and at most 40 characters if `index` is below 100. */
export function nodeId(clusterName: string, index: number): string {
  return `${clusterName.slice(0, 32)}-node-${index}`;
}
