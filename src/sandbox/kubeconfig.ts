/**
 * The sandbox's own kubeconfig: its text, and its file. The user's own kubeconfig is never read or written.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { ClusterEndpoint } from './kubernetes/api/api-servers';

export interface ReachableCluster extends ClusterEndpoint {
  readonly arn: string;
}

/**
 * The text of a kubeconfig that has a context for each cluster. The context's name is the cluster's ARN, as
 * with `aws eks update-kubeconfig`; the first context is the current one. See
 * https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
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

export interface KubeconfigFile {
  readonly path: string;
  remove(): Promise<void>;
}

/** @param addressFile the kubeconfig is written beside this file; if undefined, into a temporary folder. */
export async function writeKubeconfig(
  text: string,
  addressFile: string | undefined,
): Promise<KubeconfigFile> {
  const folder = addressFile === undefined ? await mkdtemp(join(tmpdir(), 'slipway-sandbox-')) : undefined;
  const path = folder === undefined ? `${resolve(addressFile ?? '')}.kubeconfig` : join(folder, 'kubeconfig');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // If the file were overwritten, it would keep the mode that an earlier sandbox left.
  await rm(path, { force: true });
  await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  return { path, remove: () => rm(folder ?? path, { recursive: true, force: true }) };
}
