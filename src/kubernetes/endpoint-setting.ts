/** The user's setting of where clusters are asked that can be reached through a tunnel alone. */
import { refuse } from '../model/refusals';

export const KUBERNETES_PORT = 443;

/** Addresses by the ARN of the cluster. */
export type EndpointOverrides = Readonly<Record<string, unknown>>;

/**
 * Host and port of the tunnel to the cluster; undefined where there is none. The certificate has to be the cluster's own
 * all the same.
 * @throws refused `cluster-endpoint-invalid` for what is no `https://host:port`: a token is never sent in the clear.
 */
export function overrideOf(
  overrides: EndpointOverrides,
  clusterArn: string,
): { readonly host: string; readonly port: number } | undefined {
  const given = Object.hasOwn(overrides, clusterArn) ? overrides[clusterArn] : undefined;
  if (given === undefined) return undefined;
  const url = typeof given === 'string' && URL.canParse(given) ? new URL(given) : undefined;
  const isPlain = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (url?.protocol !== 'https:' || !isPlain || url.password !== '') {
    throw refuse('cluster-endpoint-invalid', { cluster: clusterArn, endpoint: String(given) });
  }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || KUBERNETES_PORT) };
}
