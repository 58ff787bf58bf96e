/** The sandbox's eviction API as one more answerer. It shares no code with our own reading. */
import { KubernetesCluster } from '../../src/sandbox/kubernetes/cluster-api';
import { ClusterTime } from '../../src/sandbox/kubernetes/cluster-time';
import { evict } from '../../src/sandbox/kubernetes/eviction';
import { StatusError } from '../../src/sandbox/kubernetes/status';
import { Timeline } from '../../src/sandbox/timeline';
import type { Answerer, CaseAnswer, CaseBudget, CasePod } from './eviction-case';

const NAMESPACE = 'shop';
const POD = 'rdb-0';
const OWNER = {
  facts: {
    arn: 'arn:aws:eks:us-east-1:111122223333:cluster/prod',
    name: 'prod',
    region: 'us-east-1',
    accountId: '111122223333',
    version: '1.33',
  },
};

export const sandboxApi: Answerer = {
  name: "the sandbox's API",
  answer: async ({ pod, budgets }) => {
    const cluster = new KubernetesCluster(OWNER, new ClusterTime(new Timeline({ elapsed: () => 0 })));
    for (const budget of budgets) cluster.store.create('poddisruptionbudgets', budgetObject(budget));
    cluster.store.create('pods', podObject(pod));
    if (pod.terminating) cluster.store.markDeleted('pods', NAMESPACE, POD, 30);
    return answered(() => evict(cluster, { namespace: NAMESPACE, name: POD, dryRun: true }));
  },
};

function answered(ask: () => void): CaseAnswer {
  try {
    ask();
    return { status: 201 };
  } catch (thrown) {
    if (!(thrown instanceof StatusError)) throw thrown;
    const { code, details } = thrown.status;
    const cause = details?.causes?.find(({ reason }) => reason === 'DisruptionBudget');
    return { status: code, ...(cause && { cause: cause.message }) };
  }
}

function podObject({ phase, ready, labels }: CasePod) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: POD, namespace: NAMESPACE, labels },
    spec: { nodeName: 'a', containers: [{ name: 'q' }] },
    status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

function budgetObject(budget: CaseBudget) {
  const {
    name,
    namespace = NAMESPACE,
    matchLabels,
    matchExpressions,
    behind,
    allowed,
    healthy,
    needed,
  } = budget;
  const { unhealthyPodEvictionPolicy } = budget;
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace },
    spec: {
      ...((matchLabels || matchExpressions) && {
        selector: { ...(matchLabels && { matchLabels }), ...(matchExpressions && { matchExpressions }) },
      }),
      ...(unhealthyPodEvictionPolicy !== undefined && { unhealthyPodEvictionPolicy }),
    },
    status: {
      observedGeneration: behind ? 0 : 1,
      disruptionsAllowed: allowed,
      currentHealthy: healthy,
      desiredHealthy: needed,
      expectedPods: healthy,
    },
  };
}
