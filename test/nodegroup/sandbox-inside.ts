/** Node groups of a sandbox as windows plan and follow their updates, with a look into their clusters. */
import { nodesBefore } from '../../src/commands/nodegroup/cluster-inside';
import type { Drains } from '../../src/commands/ports';
import { createKubernetes } from '../../src/kubernetes';
import { systemClock } from '../../src/model/clock';
import { connectionFromId } from '../../src/model/connection';
import { applyUpdate, updateOperation } from '../../src/nodegroup/apply/apply';
import { AttentionSource } from '../../src/nodegroup/attention/attention-source';
import type { UpdateChoice } from '../../src/nodegroup/choice/choice';
import { versionFollower } from '../../src/nodegroup/follow/follow';
import { ClusterWatches } from '../../src/nodegroup/inside/cluster-watches';
import { type NodegroupPlan, planUpdate } from '../../src/nodegroup/plan/plan';
import { recordOf } from '../../src/nodegroup/plan/record';
import { readCluster, readSituation, type Situation } from '../../src/nodegroup/reading/situation';
import type { Operation } from '../../src/operations/operation';
import { openInSandbox } from '../aws/open-aws';
import type { TestSandbox } from '../sandbox/start';
import { forever, type OpenOperations, PLACE } from './operations';

export type SandboxInside = Awaited<ReturnType<typeof openInside>>;

/** The first version that is offered, with the newest release. */
function firstOffered({ offered: [option] }: Situation): UpdateChoice {
  return { version: option!.version, force: false };
}

/** To be closed; sessions in several sandboxes one after the other. */
export async function openInside(sandbox: TestSandbox) {
  const opened = await openInSandbox(sandbox);
  const { interactive, following } = opened.session;
  const kubernetes = createKubernetes({
    clock: systemClock,
    onRequest: () => undefined,
    aws: async () => interactive,
    roleOf: async () => undefined,
    overrides: () => ({}),
  });
  const connection = connectionFromId(PLACE.connectionId)!;
  const drains: Drains = async (of, name) => {
    const client = kubernetes.cluster(of, name);
    return { api: client.interactive, logs: client.interactive };
  };
  const looks = new AttentionSource(interactive, systemClock);
  const sources = {
    ports: looks.ports,
    releases: looks.releases,
    drain: (name: string) => drains(connection, name),
  };
  const watches = new ClusterWatches({
    clock: systemClock,
    open: async ({ path }) => kubernetes.cluster(connection, path[0]!).watch,
  });

  const plan = async (cluster: string, nodegroup: string, choose = firstOffered): Promise<NodegroupPlan> => {
    const shared = await readCluster(sources.ports, cluster, forever);
    const situation = await readSituation(sources, shared, nodegroup, forever);
    const planned = planUpdate(situation, choose(situation), systemClock.now());
    if (!planned.valid) throw new Error(JSON.stringify(planned.problems));
    return planned.plan;
  };
  return {
    plan,
    follower: versionFollower({ eks: () => following.eks, clock: systemClock, watches }),
    /** Sends the update of a plan, with the nodes before it written down. */
    update: async ({ carryOut }: OpenOperations, planned: NodegroupPlan): Promise<Operation> => {
      const record = recordOf(planned, ['insights', 'drain']);
      const { clusterName: cluster, nodegroupName: nodegroup } = record.request;
      const before = nodesBefore({ connection, cluster, nodegroup }, { drains, clock: systemClock });
      const { operation, failure } = await carryOut(updateOperation(record, PLACE), (journal) =>
        applyUpdate(record, following.eks, journal, forever, before),
      );
      if (operation.state !== 'watching') throw new Error(JSON.stringify(failure));
      return operation;
    },
    close: async () => {
      watches.dispose();
      kubernetes.dispose();
      await opened.close();
    },
  };
}
