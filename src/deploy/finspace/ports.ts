/** What this kind of target needs of Amazon FinSpace. Calls throw failures as data and stop on the signal. */
import type { CodeLocation, CommandLineArgument } from '../../model/code';
import type { DeploymentStrategy, KdbCluster, KdbClusterSummary, KdbEnvironment } from '../../model/kdb';
import type { Page } from '../../model/page';
import type { Accepted } from '../ports';

/** Body of UpdateKxClusterCodeConfiguration. What is absent is not sent, and so removed from the cluster. */
export interface CodeUpdateRequest {
  readonly environmentId: string;
  readonly clusterName: string;
  /** Made by Slipway: `^[a-zA-Z0-9-]+$`, 1–64. */
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
  /** Sends exactly what the request holds, once: the SDK's own retries use the same token. */
  updateCode(request: CodeUpdateRequest, signal: AbortSignal): Promise<Accepted>;
}
