/** Where a cluster's API is asked: its endpoint, or where a tunnel to it begins. */
import type { EksCluster } from '../model/eks';
import { KUBERNETES_PORT } from './endpoint-setting';
import type { Destination } from './exchange';

/** Undefined where EKS has made no endpoint yet. `override`: host and port of the tunnel's beginning. */
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
