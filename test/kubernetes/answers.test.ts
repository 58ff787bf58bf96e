/** What is made of nodes, pods, budgets and events: the named fields, and what they mean where they are missing. */
import { describe, expect, it } from 'vitest';
import { budgets } from '../../src/kubernetes/answers/budget';
import { events } from '../../src/kubernetes/answers/event';
import { nodes } from '../../src/kubernetes/answers/node';
import { type ObjectReader, objectIn } from '../../src/kubernetes/answers/object';
import { pods } from '../../src/kubernetes/answers/pod';
import { workloadsOf } from '../../src/kubernetes/answers/workload';
import { workloadPods } from '../../src/kubernetes/answers/workload-pod';
import { budget, node, pod, workload } from './objects';

function read<T>(reader: ObjectReader<T>, object: unknown): T {
  return objectIn(JSON.parse(JSON.stringify(object)), reader, '');
}

it.each([
  ['node', nodes, node],
  ['pod', pods, pod],
  ['pod of a workload', { ...workloadPods, read: (object: never) => workloadPods.read(object).pod }, pod],
  ['workload', workloadsOf('StatefulSet'), workload],
])('a %s with nulls in its metadata is read as one without these members', (_, reader, make) => {
  const members = ['labels', 'annotations', 'finalizers', 'ownerReferences', 'deletionTimestamp'];
  const set = (value: null | undefined) => Object.fromEntries(members.map((name) => [name, value]));
  const metadata = { uid: 'u', resourceVersion: '1' };
  expect(read<unknown>(reader, make('a', { metadata: { ...metadata, ...set(null) } }))).toEqual(
    read<unknown>(reader, make('a', { metadata: { ...metadata, ...set(undefined) } })),
  );
});

describe('a node', () => {
  it('is told by the labels of EKS', () => {
    const labels = {
      'eks.amazonaws.com/nodegroup': 'workers',
      'eks.amazonaws.com/nodegroup-image': 'ami-1',
      'eks.amazonaws.com/sourceLaunchTemplateVersion': '4',
      'node.kubernetes.io/instance-type': 'm7i.large',
      'topology.kubernetes.io/zone': 'eu-west-1a',
      'of.others/label': 'dropped',
    };
    const found = read(nodes, node('a', { metadata: { labels }, spec: { unschedulable: true } }));
    expect(found).toEqual({
      uid: expect.any(String),
      name: 'a',
      createdAt: Date.UTC(2026, 10, 1, 10),
      nodegroup: 'workers',
      imageId: 'ami-1',
      launchTemplateVersion: '4',
      instanceType: 'm7i.large',
      zone: 'eu-west-1a',
      kubeletVersion: 'v1.33.1-eks-1234abc',
      instanceId: 'i-0123456789abcdef0',
      ready: true,
      unschedulable: true,
    });
  });

  it.each([
    [[{ type: 'Ready', status: 'True' }], true],
    [[{ type: 'Ready', status: 'False' }], false],
    [[{ type: 'Ready', status: 'Unknown' }], 'unknown'],
    [[], 'unknown'],
    [null, 'unknown'],
  ])('with the conditions %j is ready: %s', (conditions, ready) => {
    expect(read(nodes, node('a', { status: { conditions } })).ready).toBe(ready);
  });

  it('of no node group has none', () => {
    expect(
      read(nodes, node('a', { metadata: { labels: {} }, spec: { providerID: undefined } })),
    ).not.toHaveProperty('nodegroup');
  });
});

describe('a pod', () => {
  it('keeps what drains go by', () => {
    const found = read(
      pods,
      pod('hdb-0', {
        metadata: {
          deletionTimestamp: '2026-11-01T11:00:00Z',
          finalizers: ['of.others/finalizer'],
          annotations: {
            'kubernetes.io/config.mirror': 'hash',
            'slipway.dev/code-uri': 's3://b/k.zip',
            'slipway.dev/code-version': 'v1',
            'of.others/secret': 'dropped',
          },
          ownerReferences: [
            { kind: 'Thing', name: 'friend', uid: 'f' },
            { kind: 'StatefulSet', name: 'hdb', uid: 's', controller: true },
          ],
        },
        spec: {
          terminationGracePeriodSeconds: 900,
          nodeSelector: { 'eks.amazonaws.com/nodegroup': 'workers', disk: 'dropped' },
          tolerations: [{ operator: 'Exists' }, { key: 'k', value: 'v', effect: 'NoSchedule' }],
        },
        status: {
          conditions: [
            { type: 'Ready', status: 'False' },
            { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' },
          ],
          initContainerStatuses: [{ name: 'fetch', state: { running: {} } }],
          containerStatuses: [
            { name: 'q', state: { waiting: { reason: 'CrashLoopBackOff', message: 'dropped' } } },
          ],
        },
      }),
    );
    expect(found).toMatchObject({
      deletedAt: Date.UTC(2026, 10, 1, 11),
      finalizers: ['of.others/finalizer'],
      mirror: true,
      code: { uri: 's3://b/k.zip', version: 'v1' },
      controller: { kind: 'StatefulSet', name: 'hdb', uid: 's' },
      graceSeconds: 900,
      nodegroup: 'workers',
      tolerations: [{ operator: 'Exists' }, { key: 'k', value: 'v', effect: 'NoSchedule' }],
      ready: false,
      disruptionTarget: true,
      waiting: [{ container: 'q', reason: 'CrashLoopBackOff' }],
    });
    expect(JSON.stringify(found)).not.toMatch(/dropped|of-nobodys-business|managedFields/);
  });

  it('that no node is found for says why', () => {
    const message = '0/3 nodes are available: 3 Insufficient memory.';
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
    const found = read(pods, pod('a', { spec: { nodeName: '' }, status: { phase: 'Pending', conditions } }));
    expect(found.unscheduled).toEqual({ reason: 'Unschedulable', message });
    expect(found).not.toHaveProperty('nodeName');
  });

  it('that no node is found for is unschedulable if its scheduler gives no reason', () => {
    const at = { status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False' }] } };
    const why = { reason: 'Unschedulable', message: '' };
    expect(read(pods, pod('a', at)).unscheduled).toEqual(why);
    expect(workloadPods.read(pod('a', at) as never).pod.unscheduled).toEqual(why);
  });

  it.each([
    ['metadata.uid', { metadata: { uid: undefined } }],
    ['metadata.generation', { metadata: { generation: '2' } }],
    [
      'metadata.ownerReferences[0].controller',
      { metadata: { ownerReferences: [{ kind: 'ReplicaSet', name: 'r', uid: 'u', controller: 'true' }] } },
    ],
    ['spec.terminationGracePeriodSeconds', { spec: { terminationGracePeriodSeconds: 'long' } }],
    ['status.conditions[0].type', { status: { conditions: [{ status: 'True' }] } }],
  ])('in which %s does not fit is none', (path, parts) => {
    expect(() => read(pods, pod('a', parts))).toThrow(path);
  });
});

describe('a budget', () => {
  it('keeps numbers and percentages, and its selector', () => {
    const selector = { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b'] }] };
    const found = read(
      budgets,
      budget('b', { spec: { selector, minAvailable: undefined, maxUnavailable: '25%' } }),
    );
    expect(found).toMatchObject({
      selector: { matchLabels: {}, matchExpressions: selector.matchExpressions },
      maxUnavailable: '25%',
      unhealthyPodEvictionPolicy: 'IfHealthyBudget',
      generation: 1,
      observedGeneration: 1,
      disruptionsAllowed: 0,
      currentHealthy: 3,
      desiredHealthy: 3,
      expectedPods: 3,
    });
    expect(found).not.toHaveProperty('minAvailable');
  });

  it('without a selector is told from one with an empty selector', () => {
    expect(read(budgets, budget('b', { spec: { selector: null } }))).not.toHaveProperty('selector');
    expect(read(budgets, budget('b', { spec: { selector: {} } })).selector).toEqual({
      matchLabels: {},
      matchExpressions: [],
    });
  });

  it('that its controller cannot compute says so; one that it has not seen has no generation', () => {
    const message = 'found no controllers for pod "x"';
    const conditions = [{ type: 'DisruptionAllowed', status: 'False', reason: 'SyncFailed', message }];
    expect(read(budgets, budget('b', { status: { conditions } })).syncFailed).toBe(message);
    expect(read(budgets, { ...budget('b'), status: {} })).not.toHaveProperty('observedGeneration');
  });
});

describe('an event', () => {
  const event = (times: object) => ({
    metadata: { name: 'e', namespace: 'kdb', uid: 'u', creationTimestamp: '2026-11-01T10:00:00Z' },
    type: 'Warning',
    reason: 'FailedScheduling',
    message: 'no room',
    ...times,
  });

  it.each([
    ['creation alone', { lastTimestamp: null, eventTime: null }, 10, 1],
    ['lastTimestamp', { lastTimestamp: '2026-11-01T11:00:00Z', count: 7 }, 11, 7],
    ['eventTime', { lastTimestamp: null, eventTime: '2026-11-01T12:00:00.123456Z' }, 12, 1],
    [
      'a series',
      { eventTime: '2026-11-01T11:00:00Z', series: { count: 9, lastObservedTime: '2026-11-01T13:00:00Z' } },
      13,
      9,
    ],
  ])('has its time from %s', (_, times, hour, count) => {
    const found = read(events, event(times));
    expect(new Date(found.at).getUTCHours()).toBe(hour);
    expect(found.count).toBe(count);
  });
});
