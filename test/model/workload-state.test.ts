/** How a workload stands, told from what its controller and its pods say. */
import { describe, expect, test } from 'vitest';
import { podTroubleOf } from '../../src/model/pod-trouble';
import { carriesCode, type SeenWorkload } from '../../src/model/seen-workload';
import { isSettled, workloadPhase, workloadState } from '../../src/model/workload-state';
import { pod, workload } from './workloads';

const rolling = { updateRevision: 'hdb-2' } as const;
const deployment = { kind: 'Deployment' } as const;
const crashing = pod({
  containers: [
    { name: 'q', restarts: 4, waiting: 'CrashLoopBackOff', ended: { exitCode: 1, reason: 'Error' } },
  ],
});

const CASES: readonly (readonly [title: string, seen: SeenWorkload, state: object, phase: string])[] = [
  ['all of it runs', { workload: workload() }, { code: 'running' }, 'ready'],
  ['a Deployment runs', { workload: workload(deployment) }, { code: 'running' }, 'ready'],
  [
    'it is to have no pods',
    { workload: workload({ replicas: 0 }, { replicas: 0, updated: 0, ready: 0 }) },
    { code: 'stopped' },
    'ready',
  ],
  [
    'its pods still leave',
    { workload: workload({ replicas: 0 }, { replicas: 1, updated: 1 }) },
    { code: 'rolling', updated: 1, wanted: 0 },
    'busy',
  ],
  [
    'its controller has not seen the newest template',
    { workload: workload({ generation: 5 }) },
    { code: 'rolling', updated: 3, wanted: 3 },
    'busy',
  ],
  [
    'the newest template of pods that somebody deletes is not seen yet',
    { workload: workload({ generation: 5, updateStrategy: 'OnDelete' }, { ...rolling, updated: 1 }) },
    { code: 'rolling', updated: 1, wanted: 3 },
    'busy',
  ],
  [
    'nor is that of pods above a partition',
    { workload: workload({ generation: 5, partition: 2 }, { ...rolling, updated: 1 }) },
    { code: 'rolling', updated: 1, wanted: 3 },
    'busy',
  ],
  [
    'the time was up for the template before',
    { workload: workload({ ...deployment, generation: 5 }, { updated: 1, deadlineExceeded: 'words' }) },
    { code: 'rolling', updated: 1, wanted: 3 },
    'busy',
  ],
  [
    'pods of the template before could not be made',
    { workload: workload({ ...deployment, generation: 5 }, { updated: 1, cannotCreate: 'quota' }) },
    { code: 'rolling', updated: 1, wanted: 3 },
    'busy',
  ],
  [
    'two of three are replaced',
    { workload: workload({}, { ...rolling, updated: 2, ready: 2 }) },
    { code: 'rolling', updated: 2, wanted: 3 },
    'busy',
  ],
  [
    'all are replaced and the last is not ready',
    { workload: workload({}, { ...rolling, ready: 2 }) },
    { code: 'rolling', updated: 3, wanted: 3 },
    'busy',
  ],
  [
    'a Deployment has an old pod left',
    { workload: workload(deployment, { replicas: 4 }) },
    { code: 'rolling', updated: 3, wanted: 3 },
    'busy',
  ],
  [
    'a pod is not ready after the rollout',
    { workload: workload({}, { ready: 2 }), pods: [pod()] },
    { code: 'unready', ready: 2, wanted: 3 },
    'busy',
  ],
  [
    'pods wait for somebody to delete them',
    { workload: workload({ updateStrategy: 'OnDelete' }, { ...rolling, updated: 1 }) },
    { code: 'held-back', updated: 1, wanted: 3 },
    'ready',
  ],
  [
    'somebody has deleted all of them',
    { workload: workload({ updateStrategy: 'OnDelete' }, { ...rolling, updated: 3 }) },
    { code: 'running' },
    'ready',
  ],
  [
    'pods below the partition keep the earlier template',
    { workload: workload({ partition: 2 }, { ...rolling, updated: 1 }) },
    { code: 'held-back', updated: 1, wanted: 3 },
    'ready',
  ],
  [
    'those above the partition are not all replaced yet',
    { workload: workload({ partition: 1 }, { ...rolling, updated: 1 }) },
    { code: 'rolling', updated: 1, wanted: 3 },
    'busy',
  ],
  [
    'somebody has paused it',
    { workload: workload({ ...deployment, paused: true }, { updated: 0 }) },
    { code: 'paused' },
    'ready',
  ],
  [
    'a pod crashes',
    { workload: workload({}, { ...rolling, updated: 1, ready: 2 }), pods: [crashing] },
    { code: 'failing', pod: 'hdb-2', container: 'q', reason: 'CrashLoopBackOff', exitCode: 1, restarts: 4 },
    'failed',
  ],
  [
    'the time of a Deployment is up',
    { workload: workload(deployment, { updated: 1, deadlineExceeded: 'words' }) },
    { code: 'failing', reason: 'ProgressDeadlineExceeded' },
    'failed',
  ],
  [
    'its pods cannot be made',
    { workload: workload(deployment, { updated: 1, cannotCreate: 'quota' }) },
    { code: 'failing', reason: 'FailedCreate' },
    'failed',
  ],
  ['it was deleted', { workload: workload({ deletedAt: 1 }) }, { code: 'leaving' }, 'busy'],
];

describe('a workload', () => {
  test.each(CASES)('%s', (_, seen, state, phase) => {
    expect(workloadState(seen)).toEqual(state);
    expect(workloadPhase(workloadState(seen))).toBe(phase);
  });

  test('is looked into while a pod of it may be in trouble', () => {
    expect(isSettled(workload())).toBe(true);
    expect(isSettled(workload({}, { ready: 2 }))).toBe(false);
    expect(isSettled(workload({}, rolling))).toBe(false);
    expect(isSettled(workload({ generation: 5 }))).toBe(false);
  });

  test('carries code by its convention, or once it was put there', () => {
    expect(carriesCode(workload())).toBe(false);
    expect(carriesCode(workload({ annotations: { 'slipway.dev/code-uri': 's3://b/k' } }))).toBe(true);
    const convention = { fetch: 'slipway-fetch', readsScript: true, istio: false };
    expect(carriesCode(workload({ convention }))).toBe(true);
  });
});

describe('a pod', () => {
  test.each([
    ['waits as it starts', pod({ containers: [{ name: 'q', restarts: 0, waiting: 'PodInitializing' }] })],
    ['is on its way out', { ...crashing, deletedAt: 1 }],
    [
      'runs again after a crash',
      pod({ ready: true, containers: [{ name: 'q', restarts: 1, ended: { exitCode: 1, reason: 'Error' } }] }),
    ],
  ])('that %s is in no trouble', (_, one) => {
    expect(podTroubleOf(one)).toBeUndefined();
  });

  test.each([
    [
      'whose init container has just failed',
      pod({
        phase: 'Pending',
        containers: [{ name: 'fetch', restarts: 1, ended: { exitCode: 3, reason: 'Error' } }],
      }),
      { container: 'fetch', reason: 'Error', exitCode: 3, restarts: 1 },
    ],
    [
      'that finds no node',
      pod({ phase: 'Pending', containers: [], unscheduled: { reason: 'Unschedulable', message: 'cpu' } }),
      { reason: 'Unschedulable' },
    ],
    ['that was evicted', pod({ phase: 'Failed' }), { reason: 'Failed' }],
  ])('%s is named with the reason', (_, one, expected) => {
    expect(podTroubleOf(one)).toEqual({ pod: 'hdb-2', ...expected });
  });
});
