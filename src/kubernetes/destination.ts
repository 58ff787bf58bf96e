/** The address for requests to a cluster: its endpoint, or the local end of a tunnel that a setting names. */
import type { EksCluster } from '../model/eks';
import { refuse } from '../model/refusals';
import type { Destination } from './exchange';

const KUBERNETES_PORT = 443;

/**
 * Addresses of tunnels by the ARN of the cluster; the addresses are as the user wrote them, unchecked.
 */
export type EndpointOverrides = Readonly<Record<string, unknown>>;

/**
 * Host and port of the tunnel to the cluster; undefined if there is none. A request through the tunnel
 * still requires the cluster's own certificate.
 * @throws refused `cluster-endpoint-invalid` for a value that is not `https://host:port`, where the port
 * may be absent. Plain HTTP is refused, since a token is never sent unencrypted.
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

/**
 * Undefined if the cluster has no endpoint yet, or the endpoint's URL is not valid. `override`: host and
 * port of the tunnel's local end; undefined without a tunnel.
 */
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
