/** Entry of the program that is loaded on first use: the Kubernetes APIs of clusters as the rest of Slipway sees them. */
import { getOrMake } from '../model/cache';
import { Turns } from '../model/turns';
import { type OpenClient, openCluster } from './cluster-client';
import type { Kubernetes, KubernetesHost } from './contract';

/** Nothing is asked before something of it is used. */
export function createKubernetes(host: KubernetesHost): Kubernetes {
  const clients = new Map<string, OpenClient>();
  const turns = new Turns();
  return {
    cluster: (connection, name) =>
      getOrMake(clients, `${connection.id} ${name}`, () => openCluster(connection, name, host, turns)),
    dispose: () => {
      for (const client of clients.values()) client.close();
      clients.clear();
    },
  };
}
