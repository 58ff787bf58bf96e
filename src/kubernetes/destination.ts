/** The address that requests to a cluster go to: its endpoint, or the local end of a tunnel that a setting names. */
import type { EksCluster } from '../model/eks';
import { refuse } from '../model/refusals';
import type { Destination } from './exchange';

const KUBERNETES_PORT = 443;

/** Addresses of tunnels by the ARN of the cluster, as the user wrote them. */
export type EndpointOverrides = Readonly<Record<string, unknown>>;

/**
 * Host and port of the tunnel to the cluster; undefined where there is none. The certificate must be the cluster's own
 * all the same.
 * @throws refused `cluster-endpoint-invalid` for a value that is no `https://host:port`: a token is never sent in the
 * clear.
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

/** Undefined where EKS has made no endpoint yet. `override`: host and port of the tunnel's local end. */
export function destinationOf(
  { api }: EksCluster,
  override: { readonly host: string; readonly port: number } | undefined,
): Destination | undefined {
  if (api === undefined || !URL.canParse(api.url)) return undefined;
  const { hostname, port } = new URL(api.url);
  const serverName = hostname.replace(/^\[|\]$/g, '');
  return {
    serverName,
    host: override?.host ?? serverName,
    port: override?.port ?? Number(port || KUBERNETES_PORT),
    certificateAuthority: api.certificateAuthority,
  };
}
