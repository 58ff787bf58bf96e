/** What the sample shop's Kubernetes clusters look like when somebody looks at them for the first time. */
import { describe, expect, it } from 'vitest';
import { isActive, isReady, type Pod } from '../../../src/sandbox/kubernetes/kinds';
import { addLargeCluster } from '../../../src/sandbox/seed/kubernetes/large-cluster';
import { groupOnTrial } from './world';

const podsOf = (cluster: string, group: string) => {
  const trial = groupOnTrial(cluster, group);
  return { trial, pods: trial.cluster.store.list('pods') as readonly Pod[] };
};

it.each([
  ['trading-prod', 'feed-handlers'],
  ['market-data', 'ingest'],
  ['research-gpu', 'training'],
])('everything runs in %s, and has for hours', (cluster, group) => {
  const { trial, pods } = podsOf(cluster, group);
  expect(pods.length).toBeGreaterThan(10);
  expect(pods.filter((pod) => !isReady(pod))).toEqual([]);
  for (const { metadata } of pods)
    expect(Date.parse(metadata.creationTimestamp)).toBeLessThan(Date.now() - 2 * 3_600_000);
  const before = trial.cluster.store.revision;
  trial.pass(120);
  expect(trial.cluster.store.revision).toBe(before);
});

it('nodes have what EKS labels them with', () => {
  const trial = groupOnTrial('trading-prod', 'oms-low-latency');
  for (const { metadata, spec, status } of trial.nodes()) {
    expect(metadata.labels).toMatchObject({
      'eks.amazonaws.com/nodegroup': 'oms-low-latency',
      'eks.amazonaws.com/nodegroup-image': 'ami-0c6ea3f90b5d84172',
      'eks.amazonaws.com/sourceLaunchTemplateVersion': '3',
      'eks.amazonaws.com/capacityType': 'ON_DEMAND',
      'node.kubernetes.io/instance-type': 'c7i.8xlarge',
      'topology.kubernetes.io/zone': expect.stringMatching(/^us-east-1[abc]$/),
    });
    expect(spec.providerID).toMatch(/^aws:\/\/\/us-east-1[abc]\/i-0[0-9a-f]{16}$/);
    expect(status['nodeInfo']).toMatchObject({ kubeletVersion: expect.stringMatching(/^v1\.32\.9-eks-/) });
  }
});

it('the options desk has its crash loop, its pod that is not ready and its finalizer', () => {
  const { trial, pods } = podsOf('options-desk', 'smiles');
  const named = (name: string) => pods.filter(({ metadata }) => metadata.name.startsWith(name));
  for (const pod of named('smiles')) {
    const [status] = pod.status!.containerStatuses!;
    expect(status?.restartCount).toBeGreaterThan(10);
    expect(status?.state.waiting?.reason).toBe('CrashLoopBackOff');
    expect(trial.cluster.podLogs.lines(pod.metadata.uid, 'smiles', true)?.at(-1)?.text).toContain(
      'licence.key',
    );
  }
  expect(
    named('surfaces')
      .filter((pod) => !isReady(pod))
      .map(({ metadata }) => metadata.name),
  ).toEqual(['surfaces-1']);
  const [held] = named('archive').filter((pod) => !isActive(pod));
  expect(held?.metadata.finalizers).toEqual(['archive.acme.example/uploaded']);
  expect(Date.parse(held?.metadata.deletionTimestamp ?? '')).toBeLessThan(Date.now() - 3_600_000);
});

it('workloads carry code, or the convention without code, or neither', () => {
  const { pods } = podsOf('trading-prod', 'feed-handlers');
  const proofOf = (name: string) =>
    new Set(
      pods
        .filter(({ metadata }) => metadata.name.startsWith(`${name}-`) && metadata.namespace === 'tick')
        .map(({ status }) => status?.initContainerStatuses?.[0]?.state.terminated?.message),
    );
  expect([...proofOf('hdb')]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(proofOf('gw')).toEqual(proofOf('hdb'));
  expect([...proofOf('rdb')]).toEqual(['none']);
  expect([...proofOf('tp')]).toEqual([undefined]);
});

describe('a large cluster', () => {
  it('is at rest, with full pods and counted budgets', () => {
    const trial = groupOnTrial('trading-prod', 'system');
    const { foreign: world } = trial;
    addLargeCluster(world, 'us-east-1', { clusterName: 'large', nodes: 20, pods: 210, budgets: 5 });
    trial.pass(60);
    const { store } = world.kubernetes.of(world.clusters.find('us-east-1', 'large')!);
    const pods = store.list('pods') as readonly Pod[];
    expect(pods).toHaveLength(210);
    expect(pods.filter((pod) => !isReady(pod))).toEqual([]);
    expect(Math.min(...pods.map((pod) => JSON.stringify(pod).length))).toBeGreaterThanOrEqual(8192);
    expect(store.list('poddisruptionbudgets').map(({ status }) => status?.['disruptionsAllowed'])).toEqual(
      Array(5).fill(1),
    );
    expect(store.list('nodes')).toHaveLength(20);
  });
});
