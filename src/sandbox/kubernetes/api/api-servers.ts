/**
 * The API servers of the clusters. Each server has its own port on loopback: tools connect to 127.0.0.1, so
 * no host name distinguishes the clusters. A server starts when its address is first requested, so that the
 * sandbox's start does not wait for certificates that are not needed.
 */
import { type Desk, listen, type RunningServer } from '../../server';

/** The address of a cluster's API server, and the authority that signed its certificate. */
export interface ClusterEndpoint {
  readonly url: string;
  /** PEM of the certificate of the authority that signed the server's certificate. */
  readonly authority: string;
}

export interface ServerParts {
  readonly desk: Desk;
  /** True while the server cannot be reached. Called at every connection. */
  readonly isGone: () => boolean;
}

export class ApiServers {
  private readonly servers = new Map<string, Promise<Started>>();

  /** @param partsOf returns the parts that serve the cluster with the given ARN */
  constructor(private readonly partsOf: (arn: string) => ServerParts) {}

  /** The endpoint for an ARN; it stays the same while the sandbox runs, even after a reset. */
  async endpointOf(arn: string): Promise<ClusterEndpoint> {
    const known = this.servers.get(arn) ?? start(this.partsOf(arn));
    this.servers.set(arn, known);
    return (await known).endpoint;
  }

  async close(graceMs: number): Promise<void> {
    const started = await Promise.all(this.servers.values());
    await Promise.all(started.map(({ server }) => server.close(graceMs)));
  }
}

interface Started {
  readonly endpoint: ClusterEndpoint;
  readonly server: RunningServer;
}

async function start({ desk, isGone }: ServerParts): Promise<Started> {
  const { newServerCertificate } = await import('./certificates');
  const { authority, certificate, key } = await newServerCertificate(Date.now());
  const server = await listen(0, desk, { key, cert: `${certificate}\n${authority}`, isGone });
  return { endpoint: { url: `https://127.0.0.1:${server.port}`, authority }, server };
}
