/** What the Kubernetes API of the sandbox answers to an eviction, in a cluster in which nothing happens by itself. */
import { Faults } from '../../src/sandbox/faults';
import { ApiDesk } from '../../src/sandbox/kubernetes/api/api-desk';
import { OpenStreams } from '../../src/sandbox/kubernetes/api/streams';
import { AuditLog } from '../../src/sandbox/kubernetes/audit-log';
import { KubernetesCluster } from '../../src/sandbox/kubernetes/cluster-api';
import { ClusterTime } from '../../src/sandbox/kubernetes/cluster-time';
import { LogStore } from '../../src/sandbox/logs/log-store';
import { RequestLog } from '../../src/sandbox/request-log';
import { Timeline } from '../../src/sandbox/timeline';
import type { Answerer, CaseBudget, CasePod } from './eviction-case';

const NAMESPACE = 'shop';
const NAME = 'pod-0';
const TOKEN = 'token';
const clock = { now: () => Date.now(), elapsed: () => 0 };
const facts = { arn: 'arn', name: 'prod', region: 'us-east-1', accountId: '111122223333', version: '1.33' };

export const sandboxApi: Answerer = {
  name: 'the API of the sandbox',
  answer: async ({ pod, budgets }) => {
    const cluster = new KubernetesCluster({ facts }, new ClusterTime(new Timeline(clock)));
    addPod(cluster, pod);
    for (const budget of budgets) addBudget(cluster, budget);
    const delivery = await deskOf(cluster).answer({
      method: 'POST',
      path: `/api/v1/namespaces/${NAMESPACE}/pods/${NAME}/eviction`,
      query: '',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: Buffer.from(
        JSON.stringify({
          metadata: { name: NAME, namespace: NAMESPACE },
          deleteOptions: { dryRun: ['All'] },
        }),
      ),
      complete: true,
    });
    if (delivery.kind !== 'reply') throw new Error(`The sandbox gave no reply but ${delivery.kind}`);
    const { details } = JSON.parse(delivery.body.toString()) as {
      readonly details?: { readonly causes?: readonly { readonly message: string }[] };
    };
    const cause = details?.causes?.[0]?.message;
    return { status: delivery.status, ...(cause !== undefined && { cause }) };
  },
};

function deskOf(cluster: KubernetesCluster): ApiDesk {
  const served = {
    cluster,
    audit: new AuditLog(new LogStore(clock)),
    isGone: () => false,
    access: 'none' as const,
    sessionArn: '',
  };
  return new ApiDesk({
    find: () => served,
    isGone: () => false,
    checks: { keys: { accessKeyId: '', secretAccessKey: '' }, ownToken: TOKEN },
    conditions: { latencyMs: 0, recordBodies: false },
    faults: new Faults(),
    log: new RequestLog(),
    streams: new OpenStreams(clock, () => undefined),
    stopping: new AbortController().signal,
  });
}

function addPod({ store }: KubernetesCluster, { phase, ready, terminating = false, labels }: CasePod): void {
  store.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: NAME, namespace: NAMESPACE, labels },
    spec: { nodeName: 'node', containers: [] },
    status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  });
  if (terminating) store.markDeleted('pods', NAMESPACE, NAME, 30);
}

function addBudget({ store }: KubernetesCluster, given: CaseBudget): void {
  const { name, namespace = NAMESPACE, matchLabels, matchExpressions } = given;
  const { allowed, healthy, needed, behind = false, unhealthyPodEvictionPolicy } = given;
  const selector = {
    ...(matchLabels && { matchLabels }),
    ...(matchExpressions && { matchExpressions: matchExpressions.map((one) => ({ ...one })) }),
  };
  store.create('poddisruptionbudgets', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace },
    spec: {
      ...((matchLabels || matchExpressions) && { selector }),
      ...(unhealthyPodEvictionPolicy !== undefined && { unhealthyPodEvictionPolicy }),
    },
    status: {
      observedGeneration: behind ? 0 : 1,
      disruptionsAllowed: allowed,
      currentHealthy: healthy,
      desiredHealthy: needed,
    },
  });
}
