/** Types for Amazon FinSpace Managed kdb: environments and clusters. */
import type { CodeConfiguration } from './code';
import type { Phase } from './phase';

export interface KdbEnvironment {
  readonly id: string;
  readonly name: string;
  readonly arn?: string;
  readonly status: string;
  readonly phase: Phase;
  readonly description?: string;
  readonly statusReason?: string;
  readonly availabilityZoneIds: readonly string[];
}

/** A cluster as returned by lists. */
export interface KdbClusterSummary {
  readonly environmentId: string;
  readonly name: string;
  /** `HDB`, `RDB`, `GATEWAY`, `GP`, `TICKERPLANT`, or a type that is not known yet. */
  readonly type: string;
  readonly status: string;
  readonly phase: Phase;
  readonly statusReason?: string;
  readonly description?: string;
  readonly releaseLabel?: string;
  /** Epoch milliseconds. */
  readonly createdAt?: number;
  /** Epoch milliseconds. */
  readonly modifiedAt?: number;
}

/** A cluster with the members that only GetKxCluster returns. */
export interface KdbCluster extends KdbClusterSummary {
  readonly configuration: CodeConfiguration;
  readonly nodeType?: string;
  readonly nodeCount?: number;
  readonly executionRole?: string;
}

/**
 * How an update brings new code to the q processes of a cluster.
 * @see https://docs.aws.amazon.com/finspace/latest/management-api/API_KxClusterCodeDeploymentConfiguration.html
 */
export type DeploymentStrategy = 'NO_RESTART' | 'ROLLING' | 'FORCE';

/**
 * Regions that had Amazon FinSpace Managed kdb Insights.
 * @see https://docs.aws.amazon.com/general/latest/gr/finspace.html
 */
export const FINSPACE_REGIONS: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-central-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
];
