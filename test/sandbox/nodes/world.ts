/** The sandbox's sample shop without its HTTP front, for tests that follow an update event by event. */
import type { EksCluster } from '../../../src/sandbox/eks/cluster';
import type { Nodegroup } from '../../../src/sandbox/eks/nodegroup';
import type { UpdateNodegroupVersion } from '../../../src/sandbox/eks/shapes';
import type { EksUpdate } from '../../../src/sandbox/eks/update';
import { prepareVersionUpdate } from '../../../src/sandbox/eks/version-update';
import type { KubernetesCluster } from '../../../src/sandbox/kubernetes/cluster-api';
import type { KubeNode, Pod } from '../../../src/sandbox/kubernetes/kinds';
import { ObjectStore } from '../../../src/sandbox/s3/store';
import { seed } from '../../../src/sandbox/seed/seed';
import { emptyWorld } from '../../../src/sandbox/world';

const ACCOUNT = '111122223333';
const NOON = Date.UTC(2026, 0, 1, 12);

export interface GroupOnTrial {
  readonly cluster: KubernetesCluster;
  readonly group: Nodegroup;
  /** Starts UpdateNodegroupVersion. */
  update(input?: Partial<UpdateNodegroupVersion>): EksUpdate;
  /** Lets simulated minutes pass, and calls `look` after each event. */
  pass(minutes: number, look?: () => void): void;
  nodes(): readonly KubeNode[];
  pods(namespace: string): readonly Pod[];
  /** Refused evictions in the cluster's audit log. */
  refusals(): readonly string[];
  foreign: ReturnType<typeof emptyWorld>;
}

export function groupOnTrial(clusterName: string, groupName: string): GroupOnTrial {
  let elapsed = 0;
  const clock = { now: () => NOON + elapsed, elapsed: () => elapsed };
  const objects = new ObjectStore(clock, ACCOUNT);
  const endpointOf = () => Promise.reject(new Error('Nobody asks for an address here'));
  const world = emptyWorld({ clock, objects, region: 'us-east-1', accountId: ACCOUNT, endpointOf });
  seed(world);
  const eks = world.clusters.find('us-east-1', clusterName) as EksCluster;
  const group = eks.nodegroups.get(groupName) as Nodegroup;
  const cluster = world.kubernetes.of(eks);
  const nodes = () =>
    (cluster.store.list('nodes') as readonly KubeNode[]).filter(
      ({ metadata }) => metadata.labels?.['eks.amazonaws.com/nodegroup'] === groupName,
    );
  return {
    cluster,
    group,
    foreign: world,
    nodes,
    pods: (namespace) => cluster.store.list('pods', namespace) as readonly Pod[],
    update: (given = {}) => {
      const input: UpdateNodegroupVersion = { clusterName, nodegroupName: groupName, ...given };
      return world.nodegroupUpdates.accept(
        { cluster: eks, nodegroup: group, input, body: {}, by: 'caller' },
        (request) => prepareVersionUpdate(request, world),
      );
    },
    pass: (minutes, look = () => undefined) => {
      const end = elapsed + minutes * 60_000;
      for (
        let next = world.timeline.nextAt();
        next !== undefined && next <= end;
        next = world.timeline.nextAt()
      ) {
        elapsed = Math.max(elapsed, next);
        world.timeline.settle();
        look();
      }
      elapsed = end;
    },
    refusals: () =>
      (world.logs.events('us-east-1', `/aws/eks/${clusterName}/cluster`) ?? [])
        .map(
          ({ message }) =>
            JSON.parse(message) as { responseStatus: { code: number }; objectRef: { name: string } },
        )
        .filter(({ responseStatus }) => responseStatus.code > 400)
        .map(({ objectRef }) => objectRef.name),
  };
}
