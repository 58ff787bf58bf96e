/**
 * The AWS services that the client of a cluster's Kubernetes API needs. Failures are thrown as
 * `model/failure` data.
 */
import type { Identity } from '../model/connection';
import type { EksCluster } from '../model/eks';

/** Bearer tokens for the Kubernetes APIs of EKS clusters. */
export interface ClusterTokens {
  /**
   * A token for the cluster with this name, signed with the time `at` (epoch milliseconds). Nothing is sent
   * to AWS, unless keys for the signature have to be obtained.
   */
  sign(cluster: string, at: number, signal: AbortSignal): Promise<string>;
}

/** The AWS services that one kind of caller uses. */
export interface ClusterAws {
  readonly clusterTokens: ClusterTokens;
  readonly eks: { describeCluster(name: string, signal: AbortSignal): Promise<EksCluster> };
  readonly identities: { whoAmI(signal: AbortSignal): Promise<Identity> };
}
