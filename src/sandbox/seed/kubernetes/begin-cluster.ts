/** A Kubernetes cluster comes to be: its controllers, its nodes, what EKS runs in it and what the shop does. */
import type { EksCluster } from '../../eks/cluster';
import type { KubernetesCluster } from '../../kubernetes/cluster-api';
import { startControllers } from '../../kubernetes/controllers/cluster-controllers';
import { GroupNodes, type NodeParts } from '../../nodes/group-nodes';
import { MINUTE } from '../../timeline';
import { seedOf } from './shop';

/** How long its pods run already when it is looked at for the first time. */
const PAST = 3 * 60 * MINUTE;

export function beginCluster(kubernetes: KubernetesCluster, eks: EksCluster, parts: NodeParts): void {
  const seed = seedOf(eks.facts.name);
  const { store, time, programs } = kubernetes;
  startControllers(kubernetes);
  seed.programs?.(programs);
  time.past(PAST, () => {
    const nodes = new Map<string, readonly string[]>();
    for (const group of eks.nodegroups.values()) {
      const { name } = group.facts;
      const own = new GroupNodes(eks, group, kubernetes, parts);
      for (let index = 0; index < group.state.scaling.desiredSize; index += 1)
        own.addReady(group.state, seed.addresses?.[name]?.[index]);
      nodes.set(
        name,
        own.list().map(({ metadata }) => metadata.name),
      );
    }
    const manifests = seed.manifests((group) => nodes.get(group) ?? []);
    for (const { resource, object } of manifests) store.create(resource, object);
    for (const { afterMinutes, run } of seed.later ?? []) time.after(afterMinutes * MINUTE, () => run(store));
  });
}
