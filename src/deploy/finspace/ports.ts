/** The calls to Amazon FinSpace that this kind of target needs. They throw failures as data and stop on the signal. */
import type { CodeLocation, CommandLineArgument } from '../../model/code';
import type { DeploymentStrategy, KdbCluster, KdbClusterSummary, KdbEnvironment } from '../../model/kdb';
import type { Page } from '../../model/page';
import type { Accepted } from '../ports';

/**
 * Body of UpdateKxClusterCodeConfiguration. A script or arguments that are absent are not sent: the cluster
 * loses them, except with NO_RESTART, which keeps them.
 */
export interface CodeUpdateRequest {
  readonly environmentId: string;
  readonly clusterName: string;
  /** Made by Slipway: 1 to 64 characters that match `^[a-zA-Z0-9-]+$`. */
  readonly clientToken: string;
  readonly code: CodeLocation;
  readonly initializationScript?: string;
  readonly commandLineArguments?: readonly CommandLineArgument[];
  readonly strategy: DeploymentStrategy;
}

export interface FinSpace {
  listEnvironments(next: string | undefined, signal: AbortSignal): Promise<Page<KdbEnvironment>>;
  getEnvironment(environmentId: string, signal: AbortSignal): Promise<KdbEnvironment>;
  listClusters(
    environmentId: string,
    next: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<KdbClusterSummary>>;
  getCluster(environmentId: string, name: string, signal: AbortSignal): Promise<KdbCluster>;
  /**
   * Sends exactly this request. It may be sent again after a temporary failure, always with the same token,
   * so that AWS carries the update out at most once.
   */
  updateCode(request: CodeUpdateRequest, signal: AbortSignal): Promise<Accepted>;
}
