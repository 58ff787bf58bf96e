/** Entry of the program `kubernetes.mjs`, which is loaded on first use: the clients of clusters' Kubernetes APIs. */
import { getOrMake } from '../model/cache';
import { Turns } from '../model/turns';
import { type OpenClient, openCluster } from './cluster-client';
import type { Kubernetes, KubernetesHost } from './contract';

/** Creating the clients sends no request. */
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
