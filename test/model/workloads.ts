/** Workloads and their pods as tests speak of them. */
import type { Rollout, Workload, WorkloadPod } from '../../src/model/workload';

const DONE: Rollout = {
  observedGeneration: 4,
  replicas: 3,
  updated: 3,
  ready: 3,
  available: 3,
  currentRevision: 'hdb-1',
  updateRevision: 'hdb-1',
};

/** A StatefulSet of three pods with which all is well. */
export function workload(change: Partial<Workload> = {}, rollout: Partial<Rollout> = {}): Workload {
  return {
    uid: 'u',
    name: 'hdb',
    namespace: 'tick',
    createdAt: 0,
    kind: 'StatefulSet',
    resourceVersion: '1',
    generation: 4,
    annotations: {},
    template: 'digest',
    selector: { matchLabels: {}, matchExpressions: [] },
    replicas: 3,
    updateStrategy: 'RollingUpdate',
    partition: 0,
    paused: false,
    minReadySeconds: 0,
    convention: { readsScript: false, istio: false },
    claims: [],
    marks: {},
    writers: [],
    ...change,
    rollout: { ...DONE, ...rollout },
  };
}

/** A pod of it that is not ready, for no reason that can be seen. */
export function pod(change: Partial<WorkloadPod> = {}): WorkloadPod {
  return {
    uid: 'p',
    name: 'hdb-2',
    namespace: 'tick',
    createdAt: 0,
    phase: 'Running',
    ready: false,
    annotations: {},
    containers: [{ name: 'q', restarts: 0 }],
    ...change,
  };
}
