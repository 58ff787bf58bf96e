/** The inside of clusters as commands and updates read it. */

import { recordedProgress } from '../../drain/progress';
import type { Kubernetes } from '../../kubernetes/contract';
import type { Clock } from '../../model/clock';
import type { NodesBefore } from '../../nodegroup/send';
import type { Drains, Ports } from '../ports';
import { codeVersionsIn } from './code-versions';
import type { NodegroupPlace } from './place';

export function drainsIn(loadKubernetes: () => Promise<Kubernetes>, ports: Ports): Drains {
  return async (connection, cluster) => {
    const [kubernetes, { objects }] = await Promise.all([loadKubernetes(), ports(connection)]);
    const client = kubernetes.cluster(connection, cluster).interactive;
    return { api: client, logs: client, code: codeVersionsIn(objects) };
  };
}

/** The nodes that an update is to replace, read right before it is sent. */
export function nodesBefore(
  { connection, cluster, nodegroup }: NodegroupPlace,
  { drains, clock }: { readonly drains: Drains; readonly clock: Clock },
): NodesBefore {
  return async (signal) => {
    const { api } = await drains(connection, cluster);
    return recordedProgress(await api.nodes(nodegroup, signal), clock.now());
  };
}
