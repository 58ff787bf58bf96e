/** A kubeconfig for the sandbox's clusters: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
import type { ClusterEndpoint } from './api-servers';

export interface ReachableCluster extends ClusterEndpoint {
  readonly arn: string;
}

/**
 * A context for each cluster, with the name that `aws eks update-kubeconfig` gives it, its ARN; the first is the
 * current one.
 * @returns JSON, which is valid YAML.
 */
export function kubeconfig(clusters: readonly ReachableCluster[], token: string): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    preferences: {},
    clusters: clusters.map(({ arn, url, authority }) => ({
      name: arn,
      cluster: { server: url, 'certificate-authority-data': Buffer.from(authority).toString('base64') },
    })),
    users: [{ name: 'sandbox', user: { token } }],
    contexts: clusters.map(({ arn }) => ({ name: arn, context: { cluster: arn, user: 'sandbox' } })),
    'current-context': clusters[0]?.arn ?? '',
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
