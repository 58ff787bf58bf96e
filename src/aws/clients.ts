/** One connection's clients, each loaded and created when it is first needed. */
import type { FinSpace } from '../deploy/finspace/ports';
import type { Identities, Logs, ObjectStore } from '../deploy/ports';
import type { ClusterTokens } from '../kubernetes/ports';
import { getOrMake, loadOnce } from '../model/cache';
import type { Connection } from '../model/connection';
import type { ServiceName } from '../model/failure';
import { present } from '../model/present';
import type { Compute, Eks, ImageParameters } from '../nodegroup/ports';
import type { Adapter } from './adapter';
import type { ClientSettings, EndpointVariants } from './client-config';
import type { SharedKeys } from './credentials/shared-keys';

/** How a connection reaches AWS. */
export interface Access {
  readonly keys: SharedKeys;
  /** Returns undefined for AWS's own endpoint. */
  readonly endpoint: (service: ServiceName) => string | undefined;
  readonly variants?: EndpointVariants;
}

type Opening<Port> = () => Promise<Adapter<Port>>;

export interface Clients {
  readonly finspace: Opening<FinSpace>;
  readonly objectsIn: (region: string) => Opening<ObjectStore>;
  readonly identities: Opening<Identities>;
  readonly clusterTokens: Opening<ClusterTokens>;
  readonly logs: Opening<Logs>;
  readonly eks: Opening<Eks>;
  readonly images: Opening<ImageParameters>;
  readonly compute: Opening<Compute>;
  /**
   * Closes all connections: requests under way fail. Clients that are loading, or asked for later, do not
   * open.
   */
  readonly close: () => void;
}

export function clientsOf({ region: home }: Connection, { keys, endpoint, variants }: Access): Clients {
  const opened: Pick<Adapter<unknown>, 'close'>[] = [];
  const ended = new AbortController();
  const stores = new Map<string, Opening<ObjectStore>>();
  const client = <Port>(
    service: ServiceName,
    open: (settings: ClientSettings) => Promise<Adapter<Port>>,
    region = home,
  ): Opening<Port> =>
    loadOnce(async () => {
      // The caller has already resolved the keys, and has asked the user where that is allowed; signing never asks.
      const credentials = (signal: AbortSignal) => keys.getSilently(signal);
      const adapter = await open({
        region,
        endpoint: endpoint(service),
        credentials,
        ...present({ variants }),
      });
      // Everything was closed while this service was loading.
      if (ended.signal.aborted) adapter.close();
      ended.signal.throwIfAborted();
      opened.push(adapter);
      return adapter;
    });

  return {
    finspace: client('finspace', async (it) => (await import('./finspace/adapter')).openFinSpace(it)),
    objectsIn: (region) =>
      getOrMake(stores, region, () =>
        client('s3', async (it) => (await import('./s3/adapter')).openObjects(it), region),
      ),
    identities: client('sts', async (it) => (await import('./sts')).openIdentities(it)),
    clusterTokens: client('sts', async (it) => (await import('./eks/cluster-token')).openClusterTokens(it)),
    logs: client('logs', async (it) => (await import('./logs')).openLogs(it)),
    eks: client('eks', async (it) => (await import('./eks/adapter')).openEks(it)),
    images: client('ssm', async (it) => (await import('./ssm')).openImageParameters(it)),
    compute: client('ec2', async (it) => (await import('./ec2')).openCompute(it)),
    close: () => {
      ended.abort();
      for (const adapter of opened.splice(0)) adapter.close();
    },
  };
}
