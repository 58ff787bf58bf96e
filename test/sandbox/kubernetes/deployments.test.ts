/** Deployments roll from one template to the next, and ReplicaSets keep their pods. */
import { describe, expect, it } from 'vitest';
import { isActive, isReady, type Pod } from '../../../src/sandbox/kubernetes/kinds';
import type { KubeObject } from '../../../src/sandbox/kubernetes/kube-object';
import { deployment } from '../../../src/sandbox/seed/kubernetes/manifests';
import { NAMESPACE, node, type TestCluster, testCluster } from './cluster';

const GOOD = 'registry.acme.example/gw:1';
const BETTER = 'registry.acme.example/gw:2';
const BROKEN = 'registry.acme.example/gw:3';
const REVISION = 'deployment.kubernetes.io/revision';

function gateway(spec: object = {}, replicas = 4): TestCluster {
  const cluster = testCluster();
  cluster.programs.set({ image: BROKEN }, { end: { afterSeconds: 1, exitCode: 1 } });
  const where = { namespace: NAMESPACE, name: 'gw', image: GOOD, replicas };
  cluster.apply(node('a', { cpu: '32' }), deployment({ ...where, spec: { ...spec } as never }));
  cluster.pass(60);
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
const withSpec = (part: object) => (object: KubeObject) => ({ ...object, spec: { ...object.spec, ...part } });
const runs = (image: string) => (pod: Pod) => isActive(pod) && pod.spec.containers[0]?.image === image;
const roll = (cluster: TestCluster, image: string) => cluster.edit('deployments', 'gw', withImage(image));
const progressing = (cluster: TestCluster) =>
  (
    cluster.object('deployments', 'gw').status['conditions'] as {
      type: string;
      reason: string;
      status: string;
    }[]
  ).find(({ type }) => type === 'Progressing');
const sizes = (cluster: TestCluster) =>
  Object.fromEntries(
    cluster.store
      .list('replicasets', NAMESPACE)
      .map(({ metadata, spec }) => [metadata.annotations?.[REVISION], spec?.['replicas']]),
  );

describe('a rollout', () => {
  it('replaces all pods within its limits and is complete', () => {
    const cluster = gateway();
    roll(cluster, BETTER);
    let [most, fewest] = [0, 9];
    for (let second = 0; second < 120; second += 1) {
      most = Math.max(most, cluster.names(isActive).length);
      fewest = Math.min(fewest, cluster.names((pod) => isReady(pod) && isActive(pod)).length);
      cluster.pass(1);
    }
    // 25 % of 4, in both directions.
    expect([most, fewest]).toEqual([5, 3]);
    expect(cluster.names(runs(BETTER))).toHaveLength(4);
    expect(cluster.object('deployments', 'gw').status).toMatchObject({
      observedGeneration: 2,
      replicas: 4,
      updatedReplicas: 4,
      readyReplicas: 4,
      availableReplicas: 4,
    });
    expect(progressing(cluster)).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable' });
    expect(sizes(cluster)).toEqual({ 1: 0, 2: 4 });
    expect(cluster.object('deployments', 'gw').metadata.annotations?.[REVISION]).toBe('2');
    expect(cluster.eventsOf('gw').join()).toMatch(
      /ScalingReplicaSet: Scaled up replica set gw-\w+ from 0 to 1/,
    );
  });

  it('back to an earlier template gives that the next number', () => {
    const cluster = gateway();
    roll(cluster, BETTER);
    cluster.pass(120);
    roll(cluster, GOOD);
    cluster.pass(120);
    expect(sizes(cluster)).toEqual({ 2: 0, 3: 4 });
    expect(cluster.names(runs(GOOD))).toHaveLength(4);
  });

  it('of a broken template keeps the old pods, and fails at its deadline', () => {
    const cluster = gateway({ progressDeadlineSeconds: 300 });
    roll(cluster, BROKEN);
    cluster.pass(200);
    expect(progressing(cluster)).toMatchObject({ status: 'True', reason: 'ReplicaSetUpdated' });
    cluster.pass(200);
    expect(progressing(cluster)).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' });
    expect(cluster.names((pod) => runs(GOOD)(pod) && isReady(pod))).toHaveLength(3);
    roll(cluster, GOOD);
    cluster.pass(60);
    expect(progressing(cluster)).toMatchObject({ reason: 'NewReplicaSetAvailable' });
    expect(cluster.names(isReady)).toHaveLength(4);
  });

  it('does not begin while the Deployment is paused, but its size is kept', () => {
    const cluster = gateway({ paused: true }, 2);
    expect(cluster.names()).toEqual([]);
    cluster.edit('deployments', 'gw', withSpec({ paused: false }));
    cluster.pass(60);
    cluster.edit('deployments', 'gw', withSpec({ paused: true }));
    roll(cluster, BETTER);
    cluster.edit('deployments', 'gw', withSpec({ replicas: 3 }));
    cluster.pass(120);
    expect(cluster.names(runs(GOOD))).toHaveLength(3);
    expect(progressing(cluster)).toMatchObject({ reason: 'DeploymentPaused' });
    cluster.edit('deployments', 'gw', withSpec({ paused: false }));
    cluster.pass(120);
    expect(cluster.names(runs(BETTER))).toHaveLength(3);
  });

  it('waits for minReadySeconds before it calls a pod available', () => {
    const cluster = gateway({ minReadySeconds: 120 });
    cluster.pass(30);
    expect(cluster.object('deployments', 'gw').status).toMatchObject({ readyReplicas: 4 });
    expect(cluster.object('deployments', 'gw').status).not.toHaveProperty('availableReplicas');
    cluster.pass(60);
    expect(cluster.object('deployments', 'gw').status).toMatchObject({ availableReplicas: 4 });
  });

  it('with Recreate ends all old pods before the first new one', () => {
    const cluster = gateway({ strategy: { type: 'Recreate' } });
    roll(cluster, BETTER);
    let together = 0;
    for (let second = 0; second < 60; second += 1) {
      const images = new Set(cluster.pods().map(({ spec }) => spec.containers[0]?.image));
      together = Math.max(together, images.size);
      cluster.pass(1);
    }
    expect(together).toBe(1);
    expect(cluster.names((pod) => runs(BETTER)(pod) && isReady(pod))).toHaveLength(4);
  });

  it('keeps as many old ReplicaSets as its history is long', () => {
    const cluster = gateway({ revisionHistoryLimit: 2 }, 1);
    for (const tag of ['4', '5', '6', '7']) {
      roll(cluster, `registry.acme.example/gw:${tag}`);
      cluster.pass(60);
    }
    expect(Object.keys(sizes(cluster))).toEqual(['3', '4', '5']);
  });
});

describe('a ReplicaSet', () => {
  it('makes up for pods that go, and takes away the ones that are missed least', () => {
    const cluster = gateway();
    const [first = ''] = cluster.names();
    cluster.store.markDeleted('pods', NAMESPACE, first, 30);
    cluster.pass(60);
    expect(cluster.names(isReady)).toHaveLength(4);
    cluster.programs.set({ image: GOOD }, { readySeconds: 'never' });
    cluster.edit('deployments', 'gw', withSpec({ replicas: 6 }));
    cluster.pass(60);
    expect(cluster.names(isReady)).toHaveLength(4);
    cluster.edit('deployments', 'gw', withSpec({ replicas: 4 }));
    cluster.pass(60);
    expect(cluster.names(isReady)).toHaveLength(4);
    expect(cluster.names()).toHaveLength(4);
  });

  it('goes with its Deployment, and so do its pods', () => {
    const cluster = gateway();
    cluster.store.remove('deployments', NAMESPACE, 'gw');
    cluster.pass(60);
    expect(cluster.store.list('replicasets', NAMESPACE)).toEqual([]);
    expect(cluster.names()).toEqual([]);
  });
});
