/** The status of PodDisruptionBudgets. */
import { describe, expect, it } from 'vitest';
import { evict } from '../../../src/sandbox/kubernetes/eviction';
import {
  barePod,
  budget,
  deployment,
  job,
  type Manifest,
  statefulSet,
} from '../../../src/sandbox/seed/kubernetes/manifests';
import { NAMESPACE, node, testCluster } from './cluster';

const where = { namespace: NAMESPACE, image: 'q:1' };
const RDB = statefulSet({ ...where, name: 'rdb', replicas: 4, spec: { podManagementPolicy: 'Parallel' } });
const limits = (given: object) => budget({ namespace: NAMESPACE, name: 'rdb', ...given });

function budgetAfter(seconds: number, ...manifests: readonly Manifest[]) {
  const cluster = testCluster();
  cluster.apply(node('a'), node('b'), ...manifests);
  cluster.pass(seconds);
  return cluster;
}

describe('what a budget allows', () => {
  it.each([
    ['maxUnavailable 1', { maxUnavailable: 1 }, [1, 4, 3, 4]],
    ['maxUnavailable 0', { maxUnavailable: 0 }, [0, 4, 4, 4]],
    ['maxUnavailable 30%, rounded up', { maxUnavailable: '30%' }, [2, 4, 2, 4]],
    ['minAvailable 3', { minAvailable: 3 }, [1, 4, 3, 4]],
    ['minAvailable as many as there are', { minAvailable: 4 }, [0, 4, 4, 4]],
    ['minAvailable 100%', { minAvailable: '100%' }, [0, 4, 4, 4]],
    ['minAvailable 30%, rounded up', { minAvailable: '30%' }, [2, 4, 2, 4]],
  ])('%s', (_, given, [allowed, current, desired, expected]) => {
    const cluster = budgetAfter(60, RDB, limits(given));
    expect(cluster.object('poddisruptionbudgets', 'rdb').status).toMatchObject({
      observedGeneration: 1,
      disruptionsAllowed: allowed,
      currentHealthy: current,
      desiredHealthy: desired,
      expectedPods: expected,
      conditions: [
        {
          type: 'DisruptionAllowed',
          status: allowed ? 'True' : 'False',
          reason: allowed ? 'SufficientPods' : 'InsufficientPods',
        },
      ],
    });
  });

  it('is nothing while too few of its pods are ready', () => {
    const cluster = testCluster();
    cluster.programs.set({ pod: 'rdb-2' }, { readySeconds: 600 });
    cluster.apply(node('a'), RDB, limits({ maxUnavailable: 1 }));
    cluster.pass(300);
    const status = () => cluster.object('poddisruptionbudgets', 'rdb').status;
    expect(status()).toMatchObject({ disruptionsAllowed: 0, currentHealthy: 3, desiredHealthy: 3 });
    cluster.pass(600);
    expect(status()).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 4 });
  });

  it('follows the size of the workload, and its own spec', () => {
    const cluster = budgetAfter(60, RDB, limits({ maxUnavailable: '50%' }));
    cluster.edit('statefulsets', 'rdb', (set) => ({ ...set, spec: { ...set.spec, replicas: 2 } }));
    cluster.pass(60);
    expect(cluster.object('poddisruptionbudgets', 'rdb').status).toMatchObject({
      expectedPods: 2,
      desiredHealthy: 1,
    });
    cluster.edit('poddisruptionbudgets', 'rdb', (one) => ({
      ...one,
      spec: { ...one.spec, maxUnavailable: 2 },
    }));
    expect(cluster.object('poddisruptionbudgets', 'rdb').status).toMatchObject({
      observedGeneration: 2,
      desiredHealthy: 0,
      disruptionsAllowed: 2,
    });
  });

  it('comes back when an evicted pod is replaced', () => {
    const cluster = budgetAfter(60, RDB, limits({ maxUnavailable: 1 }));
    evict(cluster, { namespace: NAMESPACE, name: 'rdb-0' });
    expect(() => evict(cluster, { namespace: NAMESPACE, name: 'rdb-1' })).toThrow(/disruption budget/);
    cluster.pass(1);
    expect(cluster.object('poddisruptionbudgets', 'rdb').status).toMatchObject({
      disruptionsAllowed: 0,
      currentHealthy: 3,
    });
    cluster.pass(60);
    expect(cluster.object('poddisruptionbudgets', 'rdb').status).toMatchObject({
      disruptionsAllowed: 1,
      currentHealthy: 4,
    });
    expect(cluster.object('poddisruptionbudgets', 'rdb').status).not.toHaveProperty('disruptedPods');
  });
});

describe('pods of others', () => {
  it('a Deployment counts by its own size, through its ReplicaSets', () => {
    const gateway = deployment({ ...where, name: 'rdb', replicas: 3 });
    const cluster = budgetAfter(60, gateway, limits({ maxUnavailable: 1 }));
    expect(cluster.object('poddisruptionbudgets', 'rdb').status).toMatchObject({
      expectedPods: 3,
      disruptionsAllowed: 1,
    });
  });

  it('without a controller are left out of the size', () => {
    const bare = barePod({ ...where, name: 'rdb-by-hand', labels: { app: 'rdb' } });
    const cluster = budgetAfter(60, RDB, bare, limits({ maxUnavailable: 1 }));
    expect(cluster.object('poddisruptionbudgets', 'rdb').status).toMatchObject({
      expectedPods: 4,
      currentHealthy: 5,
    });
  });

  it('with a controller that has no scale make it unknown', () => {
    const batch = job({ ...where, name: 'rdb', pod: { restartPolicy: 'OnFailure' } });
    const cluster = budgetAfter(60, batch, limits({ maxUnavailable: 1 }));
    expect(cluster.object('poddisruptionbudgets', 'rdb').status).toMatchObject({
      disruptionsAllowed: 0,
      conditions: [{ reason: 'SyncFailed', message: 'jobs.batch does not implement the scale subresource' }],
    });
    expect(cluster.eventsOf('rdb').join()).toContain('CalculateExpectedPodCountFailed');
  });

  it('may be none', () => {
    const cluster = budgetAfter(60, limits({ maxUnavailable: 1 }));
    expect(cluster.object('poddisruptionbudgets', 'rdb').status).toMatchObject({
      expectedPods: 0,
      disruptionsAllowed: 0,
    });
    expect(cluster.eventsOf('rdb')).toEqual(['NoPods: No matching pods found']);
  });
});
