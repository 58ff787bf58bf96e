/** DaemonSets have a pod on each node, Jobs have pods that end. */
import { describe, expect, it } from 'vitest';
import { isReady } from '../../../src/sandbox/kubernetes/kinds';
import type { KubeObject } from '../../../src/sandbox/kubernetes/kube-object';
import { daemonSet, job } from '../../../src/sandbox/seed/kubernetes/manifests';
import { NAMESPACE, node, testCluster } from './cluster';

const IMAGE = 'registry.acme.example/agent:1';
const BETTER = 'registry.acme.example/agent:2';

const withImage = (image: string) => (set: KubeObject) => {
  const template = set.spec?.['template'] as { spec: { containers: object[] } };
  const containers = template.spec.containers.map((container) => ({ ...container, image }));
  return {
    ...set,
    spec: { ...set.spec, template: { ...template, spec: { ...template.spec, containers } } },
  };
};

describe('a DaemonSet', () => {
  const agents = daemonSet({ namespace: NAMESPACE, name: 'agent', image: IMAGE });

  it('has a pod on each node that it tolerates, cordoned ones included', () => {
    const cluster = testCluster();
    cluster.apply(
      node('a'),
      node('cordoned', { spec: { unschedulable: true } }),
      node('tainted', { spec: { taints: [{ key: 'dedicated', effect: 'NoSchedule' }] } }),
      agents,
    );
    cluster.pass(60);
    const places = () =>
      cluster
        .pods()
        .filter(isReady)
        .map(({ spec }) => spec.nodeName);
    expect(places().sort()).toEqual(['a', 'cordoned']);
    cluster.apply(node('b'));
    cluster.pass(60);
    expect(places().sort()).toEqual(['a', 'b', 'cordoned']);
    expect(cluster.object('daemonsets', 'agent').status).toMatchObject({
      desiredNumberScheduled: 3,
      numberReady: 3,
    });
  });

  it('gets new pods one at a time when its template changes', () => {
    const cluster = testCluster();
    cluster.apply(node('a'), node('b'), agents);
    cluster.pass(60);
    cluster.edit('daemonsets', 'agent', withImage(BETTER));
    let fewestReady = 2;
    for (let second = 0; second < 60; second += 1) {
      fewestReady = Math.min(fewestReady, cluster.names(isReady).length);
      cluster.pass(1);
    }
    expect(fewestReady).toBe(1);
    expect(cluster.object('daemonsets', 'agent').status).toMatchObject({
      updatedNumberScheduled: 2,
      numberReady: 2,
    });
  });

  it('replaces an old pod that never becomes ready', () => {
    const cluster = testCluster();
    cluster.programs.set({ image: IMAGE }, { readySeconds: 'never' });
    cluster.apply(node('a'), node('b'), agents);
    cluster.pass(60);
    expect(cluster.names(isReady)).toEqual([]);
    cluster.edit('daemonsets', 'agent', withImage(BETTER));
    cluster.pass(60);
    expect(cluster.object('daemonsets', 'agent').status).toMatchObject({
      updatedNumberScheduled: 2,
      numberReady: 2,
    });
  });
});

describe('a Job', () => {
  const batch = (spec: object) =>
    job({
      namespace: NAMESPACE,
      name: 'eod',
      image: IMAGE,
      pod: { restartPolicy: 'Never' },
      spec: spec as never,
    });

  it('runs as many pods as it may at once until enough have succeeded', () => {
    const cluster = testCluster();
    cluster.programs.set({ image: IMAGE }, { end: { afterSeconds: 60, exitCode: 0 } });
    cluster.apply(node('a'), batch({ parallelism: 2, completions: 3 }));
    cluster.pass(30);
    expect(cluster.object('jobs', 'eod').status).toMatchObject({ active: 2 });
    cluster.pass(60);
    expect(cluster.object('jobs', 'eod').status).toMatchObject({ active: 1, succeeded: 2 });
    cluster.pass(60);
    expect(cluster.object('jobs', 'eod').status).toMatchObject({
      succeeded: 3,
      conditions: [{ type: 'Complete', status: 'True' }],
    });
    expect(new Set(cluster.pods().map(({ status }) => status?.phase))).toEqual(new Set(['Succeeded']));
  });

  it('gives up after too many failures', () => {
    const cluster = testCluster();
    cluster.programs.set({ image: IMAGE }, { end: { afterSeconds: 1, exitCode: 2 } });
    cluster.apply(node('a'), batch({ backoffLimit: 2 }));
    cluster.pass(120);
    expect(cluster.object('jobs', 'eod').status).toMatchObject({
      failed: 3,
      conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }],
    });
  });

  it('makes up for a pod that is evicted', () => {
    const cluster = testCluster();
    cluster.programs.set({ image: IMAGE }, { end: { afterSeconds: 600, exitCode: 0 } });
    cluster.apply(node('a'), batch({}));
    cluster.pass(60);
    const [first = ''] = cluster.names();
    cluster.store.markDeleted('pods', NAMESPACE, first, 30);
    cluster.pass(60);
    expect(cluster.names(isReady)).toHaveLength(1);
    expect(cluster.names()).not.toContain(first);
  });
});
