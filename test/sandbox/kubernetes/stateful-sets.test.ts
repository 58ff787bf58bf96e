/** StatefulSets make, update and take away pods in the order of their numbers. */
import { describe, expect, it } from 'vitest';
import { isReady, type Pod } from '../../../src/sandbox/kubernetes/kinds';
import type { KubeObject } from '../../../src/sandbox/kubernetes/kube-object';
import { statefulSet } from '../../../src/sandbox/seed/kubernetes/manifests';
import { NAMESPACE, node, type TestCluster, testCluster } from './cluster';

const GOOD = 'registry.acme.example/hdb:1';
const BETTER = 'registry.acme.example/hdb:2';
const BROKEN = 'registry.acme.example/hdb:3';

function hdb(spec: object = {}, replicas = 3): TestCluster {
  const cluster = testCluster();
  cluster.programs.set({ image: BROKEN }, { end: { afterSeconds: 1, exitCode: 1 } });
  const where = { namespace: NAMESPACE, name: 'hdb', image: GOOD, replicas };
  cluster.apply(node('a', { cpu: '32' }), statefulSet({ ...where, spec: spec as never }));
  return cluster;
}

const withImage = (image: string) => (object: KubeObject) => {
  const template = object.spec?.['template'] as { spec: { containers: object[] } };
  const [container] = template.spec.containers;
  return {
    ...object,
    spec: {
      ...object.spec,
      template: { ...template, spec: { ...template.spec, containers: [{ ...container, image }] } },
    },
  };
};
const roll = (cluster: TestCluster, image: string) => cluster.edit('statefulsets', 'hdb', withImage(image));
const resize = (cluster: TestCluster, replicas: number) =>
  cluster.edit('statefulsets', 'hdb', (set) => ({ ...set, spec: { ...set.spec, replicas } }));
const runs = (image: string) => (pod: Pod) => pod.spec.containers[0]?.image === image;
const statusOf = (cluster: TestCluster) => cluster.object('statefulsets', 'hdb').status;
const ROLLING = (partition: number) => ({
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } },
});

/** Pods in the order in which they came to be ready with an image. */
function orderOf(cluster: TestCluster, image: string, seconds: number): readonly string[] {
  const order: string[] = [];
  for (let second = 0; second < seconds; second += 1) {
    for (const name of cluster.names((pod) => runs(image)(pod) && isReady(pod)))
      if (!order.includes(name)) order.push(name);
    cluster.pass(1);
  }
  return order;
}

describe('pods come and go', () => {
  it('one after the other, upwards, each when the one before is ready', () => {
    const cluster = hdb();
    expect(cluster.names()).toEqual(['hdb-0']);
    expect(orderOf(cluster, GOOD, 60)).toEqual(['hdb-0', 'hdb-1', 'hdb-2']);
    expect(statusOf(cluster)).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas: 3,
    });
    resize(cluster, 1);
    expect(cluster.names(({ metadata }) => metadata.deletionTimestamp !== undefined)).toEqual(['hdb-2']);
    cluster.pass(60);
    expect(cluster.names()).toEqual(['hdb-0']);
  });

  it('all at once with Parallel', () => {
    const cluster = hdb({ podManagementPolicy: 'Parallel' });
    expect(cluster.names()).toEqual(['hdb-0', 'hdb-1', 'hdb-2']);
  });

  it('with their own names, numbers and volumes', () => {
    const cluster = hdb({
      volumeClaimTemplates: [{ metadata: { name: 'db' }, spec: { accessModes: ['ReadWriteOnce'] } }],
    });
    cluster.pass(60);
    const pod = cluster.pods()[1]!;
    expect(pod.metadata.labels).toMatchObject({
      'apps.kubernetes.io/pod-index': '1',
      'statefulset.kubernetes.io/pod-name': 'hdb-1',
      'controller-revision-hash': statusOf(cluster)['currentRevision'],
    });
    expect(pod.spec['volumes']).toContainEqual({
      name: 'db',
      persistentVolumeClaim: { claimName: 'db-hdb-1' },
    });
    expect(cluster.store.list('persistentvolumeclaims').map(({ metadata }) => metadata.name)).toEqual([
      'db-hdb-0',
      'db-hdb-1',
      'db-hdb-2',
    ]);
  });
});

describe('a rollout', () => {
  it('goes downwards, one at a time, and then the revisions are equal', () => {
    const cluster = hdb();
    cluster.pass(60);
    const before = statusOf(cluster)['currentRevision'];
    roll(cluster, BETTER);
    expect(statusOf(cluster)).toMatchObject({ observedGeneration: 2, currentRevision: before });
    expect(statusOf(cluster)['updateRevision']).not.toBe(before);
    expect(orderOf(cluster, BETTER, 120)).toEqual(['hdb-2', 'hdb-1', 'hdb-0']);
    const { currentRevision, updateRevision } = statusOf(cluster);
    expect(currentRevision).toBe(updateRevision);
    expect(cluster.store.list('controllerrevisions').map((one) => one['revision'])).toEqual(
      expect.arrayContaining([1, 2]),
    );
  });

  it('stops at the partition, below which pods are made anew from the old template', () => {
    const cluster = hdb(ROLLING(2));
    cluster.pass(60);
    roll(cluster, BETTER);
    cluster.pass(120);
    expect(cluster.names(runs(BETTER))).toEqual(['hdb-2']);
    expect(statusOf(cluster)).toMatchObject({ updatedReplicas: 1, currentReplicas: 2 });
    cluster.store.markDeleted('pods', NAMESPACE, 'hdb-0', 30);
    cluster.pass(60);
    expect(cluster.names((pod) => runs(GOOD)(pod) && isReady(pod))).toEqual(['hdb-0', 'hdb-1']);
  });

  it('with OnDelete waits for somebody to delete pods', () => {
    const cluster = hdb({ updateStrategy: { type: 'OnDelete' } });
    cluster.pass(60);
    roll(cluster, BETTER);
    cluster.pass(600);
    expect(cluster.names(runs(GOOD))).toHaveLength(3);
    cluster.store.markDeleted('pods', NAMESPACE, 'hdb-1', 30);
    cluster.pass(60);
    expect(cluster.names(runs(BETTER))).toEqual(['hdb-1']);
    const { currentRevision, updateRevision } = statusOf(cluster);
    expect(currentRevision).not.toBe(updateRevision);
  });

  it('is equal in its revisions before minReadySeconds have passed, which makes nothing available', () => {
    const cluster = hdb({ minReadySeconds: 60, podManagementPolicy: 'Parallel' });
    cluster.pass(30);
    const { currentRevision, updateRevision } = statusOf(cluster);
    expect(currentRevision).toBe(updateRevision);
    expect(statusOf(cluster)).toMatchObject({ readyReplicas: 3, availableReplicas: 0 });
    cluster.pass(60);
    expect(statusOf(cluster)).toMatchObject({ availableReplicas: 3 });
  });

  it('of nothing is complete at once', () => {
    const cluster = hdb({}, 0);
    roll(cluster, BETTER);
    cluster.pass(10);
    const { currentRevision, updateRevision, replicas } = statusOf(cluster);
    expect([currentRevision, replicas]).toEqual([updateRevision, 0]);
  });
});

describe('a broken pod', () => {
  it('with OrderedReady keeps even the way back closed until somebody deletes it', () => {
    const cluster = hdb();
    cluster.pass(60);
    roll(cluster, BROKEN);
    cluster.pass(120);
    expect(cluster.names((pod) => !isReady(pod))).toEqual(['hdb-2']);
    roll(cluster, GOOD);
    cluster.pass(3600);
    expect(cluster.names(runs(BROKEN))).toEqual(['hdb-2']);
    expect(statusOf(cluster)).toMatchObject({ readyReplicas: 2 });
    cluster.store.markDeleted('pods', NAMESPACE, 'hdb-2', 30);
    cluster.pass(120);
    expect(cluster.names((pod) => runs(GOOD)(pod) && isReady(pod))).toHaveLength(3);
    const { currentRevision, updateRevision } = statusOf(cluster);
    expect(currentRevision).toBe(updateRevision);
  });

  it('with Parallel is replaced on the way back', () => {
    const cluster = hdb({ podManagementPolicy: 'Parallel' });
    cluster.pass(60);
    roll(cluster, BROKEN);
    cluster.pass(120);
    roll(cluster, GOOD);
    cluster.pass(120);
    expect(cluster.names((pod) => runs(GOOD)(pod) && isReady(pod))).toHaveLength(3);
  });
});

it('goes with its pods and revisions', () => {
  const cluster = hdb();
  cluster.pass(60);
  cluster.store.remove('statefulsets', NAMESPACE, 'hdb');
  cluster.pass(60);
  expect(cluster.names()).toEqual([]);
  expect(cluster.store.list('controllerrevisions')).toEqual([]);
});
