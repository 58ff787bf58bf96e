/**
 * The addresses of the clusters' API servers: a port of loopback for each, since tools connect to 127.0.0.1 and so name
 * no host by which TLS could tell clusters apart. A server starts when somebody asks for its address: no start of the
 * sandbox waits for certificates of clusters that nobody looks at.
 */
import { type Desk, listen, type RunningServer } from '../../server';

/** Where a cluster's API is and what vouches for it. */
export interface ClusterEndpoint {
  readonly url: string;
  /** PEM of the authority that signed the server's certificate. */
  readonly authority: string;
}

export interface ServerParts {
  readonly desk: Desk;
  /** Asked at every connection: whether the server is gone for a while. */
  readonly isGone: () => boolean;
}

export class ApiServers {
  private readonly servers = new Map<string, Promise<Started>>();

  /** @param partsOf what serves the cluster of that ARN. */
  constructor(private readonly partsOf: (arn: string) => ServerParts) {}

  /** The same for an ARN as long as the sandbox runs, also after a reset. */
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
