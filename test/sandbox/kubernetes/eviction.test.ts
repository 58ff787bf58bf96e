/** What the sandbox's eviction changes; what it answers is in the table of evictions. */
import { beforeEach, describe, expect, it } from 'vitest';
import { AuditLog } from '../../../src/sandbox/kubernetes/audit-log';
import { KubernetesCluster } from '../../../src/sandbox/kubernetes/cluster-api';
import { ClusterTime } from '../../../src/sandbox/kubernetes/cluster-time';
import { type EvictionRequest, evict } from '../../../src/sandbox/kubernetes/eviction';
import { evictForNodeManager } from '../../../src/sandbox/kubernetes/node-manager';
import { StatusError } from '../../../src/sandbox/kubernetes/status';
import { LogStore } from '../../../src/sandbox/logs/log-store';
import { Timeline } from '../../../src/sandbox/timeline';

const NOON = Date.UTC(2026, 0, 1, 12);
const POD = { namespace: 'kdb', name: 'hdb-0' };
const clock = { elapsed: () => 0, now: () => NOON };
const facts = {
  arn: 'arn:aws:eks:us-east-1:111122223333:cluster/prod',
  name: 'prod',
  region: 'us-east-1',
  accountId: '111122223333',
  version: '1.33',
};

let cluster: KubernetesCluster;

beforeEach(() => {
  cluster = new KubernetesCluster({ facts }, new ClusterTime(new Timeline(clock), () => NOON));
  cluster.store.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...POD, labels: { app: 'hdb' } },
    spec: { nodeName: 'a', containers: [], terminationGracePeriodSeconds: 60 },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  });
});

function budget(disruptionsAllowed: number): void {
  cluster.store.create('poddisruptionbudgets', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'hdb', namespace: 'kdb' },
    spec: { selector: { matchLabels: { app: 'hdb' } } },
    status: { observedGeneration: 1, disruptionsAllowed, currentHealthy: 3, desiredHealthy: 3 },
  });
}

const pod = () => cluster.store.get('pods', POD.namespace, POD.name);

function refusal(request: EvictionRequest) {
  try {
    evict(cluster, request);
  } catch (error) {
    if (error instanceof StatusError) return error.status;
    throw error;
  }
  throw new Error('It was expected to be refused');
}

describe('an allowed eviction', () => {
  it('marks the pod, gives it its own grace period and lowers the account of the budget', () => {
    budget(1);
    evict(cluster, POD);
    expect(pod()).toMatchObject({
      metadata: { deletionTimestamp: '2026-01-01T12:01:00Z', deletionGracePeriodSeconds: 60 },
      status: {
        conditions: [{ type: 'Ready' }, { type: 'DisruptionTarget', reason: 'EvictionByEvictionAPI' }],
      },
    });
    expect(cluster.store.get('poddisruptionbudgets', 'kdb', 'hdb')?.status).toMatchObject({
      disruptionsAllowed: 0,
      disruptedPods: { 'hdb-0': '2026-01-01T12:00:00Z' },
    });
  });

  it('takes the grace period of the request', () => {
    evict(cluster, { ...POD, graceSeconds: 5 });
    expect(pod()?.metadata.deletionGracePeriodSeconds).toBe(5);
  });

  it('in a dry run changes nothing, however often it is asked', () => {
    budget(1);
    const before = cluster.store.revision;
    for (const _time of [1, 2, 3]) evict(cluster, { ...POD, dryRun: true });
    expect(cluster.store.revision).toBe(before);
  });
});

describe('a refused eviction', () => {
  it('leaves no trace in the cluster', () => {
    budget(0);
    const before = cluster.store.revision;
    expect(refusal(POD)).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      reason: 'TooManyRequests',
      details: {
        causes: [
          {
            reason: 'DisruptionBudget',
            message: 'The disruption budget hdb needs 3 healthy pods and has 3 currently',
          },
        ],
      },
      code: 429,
    });
    expect(cluster.store.revision).toBe(before);
  });

  it('names the pod that is gone, and the one that has its name now', () => {
    expect(refusal({ ...POD, name: 'x' })).toMatchObject({ code: 404, message: 'pods "x" not found' });
    expect(refusal({ ...POD, expect: { uid: 'other' }, dryRun: true })).toMatchObject({
      code: 409,
      reason: 'Conflict',
    });
  });
});

describe('the audit log of the node manager', () => {
  it('names the budget that refused, and the answer of an eviction that went through', () => {
    const logs = new LogStore(clock);
    const audit = new AuditLog(logs);
    budget(0);
    expect(evictForNodeManager(cluster, audit, POD)).toMatchObject({ code: 429 });
    cluster.store.remove('poddisruptionbudgets', 'kdb', 'hdb');
    expect(evictForNodeManager(cluster, audit, POD)).toBeUndefined();
    const events = logs.events('us-east-1', '/aws/eks/prod/cluster') ?? [];
    expect(events.map(({ stream }) => stream)).toEqual([
      expect.stringMatching(/^kube-apiserver-audit-[0-9a-f]{32}$/),
      events[0]?.stream,
    ]);
    const [refused, allowed] = events.map(({ message }): unknown => JSON.parse(message));
    expect(refused).toMatchObject({
      kind: 'Event',
      verb: 'create',
      requestURI: '/api/v1/namespaces/kdb/pods/hdb-0/eviction?timeout=10s',
      user: { username: 'eks:node-manager' },
      objectRef: { resource: 'pods', namespace: 'kdb', name: 'hdb-0', subresource: 'eviction' },
      responseStatus: { code: 429, reason: 'TooManyRequests' },
      responseObject: {
        details: { causes: [{ message: expect.stringContaining('hdb needs 3 healthy pods') }] },
      },
    });
    expect(allowed).toMatchObject({ responseStatus: { code: 201 } });
    expect(allowed).not.toHaveProperty('responseObject');
  });
});
