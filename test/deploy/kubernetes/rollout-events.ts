/** A workload and its pods in a test: all that may happen to them, in any order, and what is true of them. */
import fc from 'fast-check';
import type { WorkloadUpdate } from '../../../src/deploy/kubernetes/judge';
import { isLiveLater } from '../../../src/model/progress';
import type { Workload, WorkloadKind, WorkloadPod } from '../../../src/model/workload';
import type { Observation } from '../../../src/operations/operation';

export const DIGEST = 'a'.repeat(64);
export const EARLIER = {
  'slipway.dev/code-uri': 's3://b/old.zip',
  'slipway.dev/code-digest': 'b'.repeat(64),
};
export const ASKED = {
  'slipway.dev/code-uri': 's3://b/new.zip',
  'slipway.dev/code-digest': DIGEST,
  'slipway.dev/init-script': 'init.q',
};
/** The same zip with another script: other code, too. */
export const SAME_ZIP = { ...ASKED, 'slipway.dev/init-script': 'other.q' };

export const UPDATE: WorkloadUpdate = {
  annotations: ASKED,
  strategy: 'ROLLING',
  before: { uid: 'w', generation: 1, annotations: EARLIER, writtenAt: 0 },
  sentAt: 0,
  accepted: true,
  facts: {},
};

/** A workload and its pods as they are, and the status that its controller has told last. */
export interface Cluster {
  readonly workload: Workload;
  readonly pods: readonly WorkloadPod[];
}

export function workloadOf(kind: WorkloadKind, replicas: number, minReadySeconds = 0): Workload {
  return {
    kind,
    uid: 'w',
    name: 'hdb',
    namespace: 'kdb',
    createdAt: 0,
    resourceVersion: '1',
    generation: 2,
    annotations: ASKED,
    template: 't',
    selector: { matchLabels: {}, matchExpressions: [] },
    replicas,
    updateStrategy: 'RollingUpdate',
    partition: 0,
    paused: false,
    minReadySeconds,
    convention: { fetch: 'slipway-fetch', readsScript: true, istio: false },
    claims: [],
    marks: {},
    writers: [],
    rollout: {
      observedGeneration: 1,
      replicas,
      updated: replicas,
      ready: replicas,
      available: replicas,
      currentRevision: 'old',
      updateRevision: 'old',
    },
  };
}

export function podOf(uid: string, annotations: Readonly<Record<string, string>>, more = {}): WorkloadPod {
  return {
    uid,
    name: `hdb-${uid}`,
    namespace: 'kdb',
    createdAt: 0,
    phase: 'Pending',
    ready: false,
    revision: annotations === ASKED ? 'new' : 'old',
    annotations,
    containers: [],
    ...more,
  };
}

export const runs = (annotations: Readonly<Record<string, string>>) => ({
  phase: 'Running',
  ready: true,
  proof: { exitCode: 0, message: annotations['slipway.dev/code-digest'] ?? '' },
});

/** Says that the code is live, and not only set. */
export function saysLive(seen: Observation): boolean {
  if (seen.state !== 'ended' || seen.outcome.state !== 'succeeded') return false;
  return !isLiveLater(seen.outcome.facts ?? {});
}

/** All of its pods, terminating ones among them, are ready with what was asked for. */
export function isLive({ workload, pods }: Cluster): boolean {
  return (
    workload.annotations === ASKED &&
    pods.length === workload.replicas &&
    pods.every(
      ({ annotations, ready, deletedAt }) => annotations === ASKED && ready && deletedAt === undefined,
    )
  );
}

/** The controller looks at the pods and tells the status: until then it is about what was. */
export function told({ workload, pods }: Cluster): Cluster {
  const staying = pods.filter(({ deletedAt }) => deletedAt === undefined);
  const ready = staying.filter((pod) => pod.ready).length;
  const updated = staying.filter(({ revision }) => revision === 'new').length;
  const isDone = updated === workload.replicas && ready === workload.replicas && pods.length === updated;
  const rollout = {
    observedGeneration: workload.generation,
    replicas: workload.kind === 'Deployment' ? staying.length : pods.length,
    updated,
    ready,
    available: ready,
    currentRevision: isDone ? 'new' : 'old',
    updateRevision: 'new',
  };
  return { workload: { ...workload, rollout }, pods };
}

type Event = (cluster: Cluster, at: number) => Cluster;

const onPod =
  (change: (pod: WorkloadPod) => WorkloadPod | undefined): Event =>
  ({ workload, pods }, at) => ({
    workload,
    pods: pods.flatMap((pod, index) => (index === at % pods.length ? (change(pod) ?? []) : [pod])),
  });

let made = 0;
export const EVENTS: readonly Event[] = [
  told,
  // A pod with the new template, and one that a late controller makes from an earlier one.
  ...[ASKED, ASKED, EARLIER, SAME_ZIP].map(
    (annotations): Event =>
      ({ workload, pods }) => {
        made += 1;
        return pods.length > workload.replicas + 1
          ? { workload, pods }
          : { workload, pods: [...pods, podOf(`n${made}`, annotations)] };
      },
  ),
  // It comes up; a proof that is cut short, or none at all, is no proof of it.
  onPod((pod) => ({ ...pod, ...runs(pod.annotations) })),
  onPod((pod) => ({ ...pod, ...runs(pod.annotations) })),
  onPod((pod) => ({ ...pod, ready: false, proof: { exitCode: 1, message: DIGEST } })),
  onPod((pod) => ({ ...pod, deletedAt: 1 })),
  onPod((pod) => (pod.deletedAt === undefined ? pod : undefined)),
  // As a controller does it: an earlier pod goes, another one takes its place, and comes up.
  ({ workload, pods }) => ({ workload, pods: pods.filter(({ deletedAt }) => deletedAt === undefined) }),
  onPod((pod) => (pod.annotations === ASKED ? pod : { ...pod, deletedAt: 1 })),
  onPod((pod) => (pod.annotations === ASKED ? pod : undefined)),
  ({ workload, pods }) => {
    made += 1;
    return pods.length < workload.replicas
      ? { workload, pods: [...pods, podOf(`n${made}`, ASKED)] }
      : { workload, pods };
  },
];

export const rollouts = fc.record({
  kind: fc.constantFrom<WorkloadKind>('Deployment', 'StatefulSet'),
  replicas: fc.integer({ min: 1, max: 3 }),
  events: fc.array(fc.record({ event: fc.nat({ max: EVENTS.length - 1 }), at: fc.nat({ max: 5 }) }), {
    minLength: 5,
    maxLength: 40,
  }),
});
