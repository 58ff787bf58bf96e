/** What events alone tell: why pods of a StatefulSet were never made, and that one that is made waits for its volume. */
import { describe, expect, test } from 'vitest';
import type { Workloads } from '../../../src/deploy/kubernetes/ports';
import { kubernetesTarget } from '../../../src/deploy/kubernetes/target';
import type { FollowedUpdate } from '../../../src/deploy/port/followed-update';
import { systemClock } from '../../../src/model/clock';
import type { Facts } from '../../../src/model/json';
import type { KubernetesEvent } from '../../../src/model/kubernetes';
import type { Workload, WorkloadPod } from '../../../src/model/workload';
import type { Observation } from '../../../src/operations/operation';
import { pod } from '../../model/workloads';

const ANNOTATIONS = { 'slipway.dev/code-uri': 's3://b/k.zip', 'slipway.dev/code-digest': 'a'.repeat(64) };
const WORKLOAD: Workload = {
  kind: 'StatefulSet',
  uid: 'w',
  name: 'hdb',
  namespace: 'tick',
  createdAt: 0,
  resourceVersion: '1',
  generation: 2,
  annotations: ANNOTATIONS,
  template: 't',
  selector: { matchLabels: {}, matchExpressions: [] },
  replicas: 1,
  updateStrategy: 'RollingUpdate',
  partition: 0,
  paused: false,
  minReadySeconds: 0,
  convention: { fetch: 'slipway-fetch', readsScript: true, istio: false },
  claims: [],
  marks: {},
  writers: [],
  rollout: { observedGeneration: 2, replicas: 0, updated: 0, ready: 0, available: 0 },
};
const UPDATE: FollowedUpdate = {
  expected: { commandLineArguments: [] },
  before: {
    configuration: { commandLineArguments: [] },
    facts: { uid: 'w', generation: 1, annotations: {}, writtenAt: 0 },
  },
  input: { strategy: 'ROLLING', body: { spec: { template: { metadata: { annotations: ANNOTATIONS } } } } },
  strategy: 'ROLLING',
  sentAt: 0,
  accepted: true,
  further: [],
  facts: {},
};
const never = async (): Promise<never> => {
  throw new Error('nobody should ask');
};

function looks(
  events: readonly Partial<KubernetesEvent>[],
  workload = WORKLOAD,
  pods: readonly WorkloadPod[] = [],
) {
  const asked: string[] = [];
  const workloads: Workloads = {
    arn: never,
    list: never,
    apply: never,
    deletePod: never,
    budgets: never,
    claims: never,
    lastLines: never,
    lines: never,
    watch: never,
    read: async () => workload,
    pods: async () => pods,
    events: async ({ uid }) => {
      asked.push(uid);
      return events.map((one) => ({
        uid: 'e',
        type: 'Warning',
        reason: '',
        message: '',
        count: 1,
        at: 0,
        ...one,
      }));
    },
  };
  const target = kubernetesTarget(() => workloads, ['trading', 'tick', 'statefulset/hdb'], systemClock);
  const look = (facts: Facts, now: number) =>
    target.poll(
      { ...UPDATE, facts },
      {
        now: () => now,
        signal: new AbortController().signal,
        nextRequest: async () => undefined,
      },
    );
  return { look, asked };
}

test('they are told with the words of the latest event, once that has lasted for a minute', async () => {
  const { look, asked } = looks([
    { reason: 'SuccessfulCreate', at: 1 },
    { reason: 'FailedCreate', message: 'exceeded quota: tick', at: 2 },
  ]);
  const first = await look({}, 0);
  expect([first.state, asked]).toEqual(['going-on', ['w']]);
  const facts = first.state === 'going-on' ? (first.facts ?? {}) : {};
  expect(await look(facts, 60_000)).toMatchObject({
    outcome: { failure: { code: 'pods-not-made', facts: { message: 'exceeded quota: tick' } } },
  });
});

test('what is over since is not told', async () => {
  const { look } = looks([
    { reason: 'FailedCreate', message: 'exceeded quota: tick', at: 1 },
    { reason: 'SuccessfulCreate', at: 2 },
  ]);
  const seen = await look({ troubleSince: 0 }, 600_000);
  expect(seen.state).toBe('going-on');
});

test('nobody asks for events where no pod is missing', async () => {
  const { look, asked } = looks([], { ...WORKLOAD, replicas: 0 });
  await look({}, 0);
  expect(asked).toEqual([]);
});

describe('a pod of which no container has begun', () => {
  const waiting = pod({ phase: 'Pending', annotations: ANNOTATIONS, containers: [] });
  const FAILED = { reason: 'FailedAttachVolume', message: 'Multi-Attach error', at: 2 };

  test('is asked about once it is the first to wait in a second look, and is named with what its event says', async () => {
    const { look, asked } = looks([{ reason: 'Scheduled', at: 1 }, FAILED], WORKLOAD, [waiting]);
    const first = await look({}, 0);
    expect([first.state, asked]).toEqual(['going-on', []]);
    const second = await look(factsOf(first), 1_000);
    expect([second.state, asked]).toEqual(['going-on', [waiting.uid]]);
    const { reason, message } = FAILED;
    expect(await look(factsOf(second), 601_000)).toMatchObject({
      outcome: { failure: { code: 'pod-fails', facts: { pod: waiting.name, reason, message } } },
    });
  });

  test.each(['FailedMount', 'FailedMapVolume', 'FailedCreatePodSandBox', 'NetworkNotReady'])(
    'is named where it cannot begin: %s',
    async (reason) => {
      const { look } = looks([{ ...FAILED, reason }], WORKLOAD, [waiting]);
      const seen = await look(factsOf(await look({}, 0)), 1_000);
      expect(factsOf(seen)['trouble']).toMatchObject({ reason });
    },
  );

  test('is named, too, where another event is of the same second', async () => {
    const { look } = looks([{ reason: 'Scheduled', at: 2 }, FAILED], WORKLOAD, [waiting]);
    const seen = await look(factsOf(await look({}, 0)), 1_000);
    expect(factsOf(seen)['trouble']).toMatchObject({ reason: FAILED.reason, message: FAILED.message });
  });

  test('is on its way where its latest event is about something else', async () => {
    const { look, asked } = looks([FAILED, { reason: 'Pulling', at: 3 }], WORKLOAD, [waiting]);
    const seen = await look(factsOf(await look({}, 0)), 3_600_000);
    expect([seen.state, asked]).toEqual(['going-on', [waiting.uid]]);
    expect(factsOf(seen)['trouble']).toBeNull();
  });

  test('is not asked about where a container has begun, or where it has no node', async () => {
    const why = { reason: 'Unschedulable', message: 'no room' };
    const others = [
      { ...waiting, containers: [{ name: 'slipway-fetch', restarts: 0 }] },
      { ...waiting, unscheduled: why },
      { ...waiting, deletedAt: 1 },
    ];
    for (const other of others) {
      const { look, asked } = looks([FAILED], WORKLOAD, [other]);
      await look(factsOf(await look({}, 0)), 1_000);
      expect(asked).toEqual([]);
    }
  });
});

function factsOf(seen: Observation): Facts {
  return seen.state === 'going-on' ? (seen.facts ?? {}) : expect.unreachable();
}
