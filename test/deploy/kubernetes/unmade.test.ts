/** Pods that were never made have no status: of a StatefulSet its events alone tell why. */
import { expect, test } from 'vitest';
import type { Workloads } from '../../../src/deploy/kubernetes/ports';
import { kubernetesTarget } from '../../../src/deploy/kubernetes/target';
import type { FollowedUpdate } from '../../../src/deploy/port/followed-update';
import { systemClock } from '../../../src/model/clock';
import type { Facts } from '../../../src/model/json';
import type { KubernetesEvent } from '../../../src/model/kubernetes';
import type { Workload } from '../../../src/model/workload';

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

function looks(events: readonly Partial<KubernetesEvent>[], workload = WORKLOAD) {
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
    read: async () => workload,
    pods: async () => [],
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
