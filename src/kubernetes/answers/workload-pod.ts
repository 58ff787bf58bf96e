/**
 * Reads, from answers of the API server, the Pods of workloads that carry code.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */

import type { Controller } from '../../model/kubernetes';
import { present } from '../../model/present';
import { count, list, maybe, members, text, word } from '../../model/shape';
import type { PodContainer, WorkloadPod } from '../../model/workload';
import { credentialsIn, fetcherIn, podSpecShape, type Template } from './convention';
import {
  type Condition,
  conditionOf,
  conditions,
  type Metadata,
  metadata,
  type ObjectReader,
  objectOf,
  unscheduledIn,
} from './object';
import { oursIn } from './workload';

interface Terminated {
  readonly exitCode: number;
  readonly reason?: string | null;
  readonly message?: string | null;
}

interface ContainerState {
  readonly waiting?: { readonly reason?: string | null } | null;
  readonly running?: object | null;
  readonly terminated?: Terminated | null;
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly state?: ContainerState | null;
  readonly lastState?: ContainerState | null;
}

interface PodObject {
  readonly metadata: Metadata & { readonly namespace: string };
  readonly spec: Template['spec'];
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly Condition[];
    readonly initContainerStatuses?: readonly ContainerStatus[] | null;
    readonly containerStatuses?: readonly ContainerStatus[] | null;
  };
}

const state = maybe(
  members({
    waiting: maybe(members({ reason: maybe(text) })),
    running: maybe(members({})),
    terminated: maybe(members({ exitCode: count, reason: maybe(text), message: maybe(text) })),
  }),
);
const statuses = maybe(list(members({ name: word, restartCount: maybe(count), state, lastState: state })));

/** A pod and its controller. */
export interface OwnedPod {
  readonly pod: WorkloadPod;
  readonly controller: Controller | undefined;
}

export const workloadPods: ObjectReader<OwnedPod> = {
  unused: ['managedFields'],
  shape: members({
    metadata,
    spec: podSpecShape,
    status: maybe(
      members({
        phase: maybe(text),
        conditions,
        initContainerStatuses: statuses,
        containerStatuses: statuses,
      }),
    ),
  }),
  read({ metadata: about, spec, status }: PodObject) {
    const [labels, finalizers] = [about.labels ?? {}, about.finalizers ?? []];
    const [init, main] = [status?.initContainerStatuses ?? [], status?.containerStatuses ?? []];
    const revision = labels['controller-revision-hash'] ?? labels['pod-template-hash'];
    const fetcher = fetcherIn(spec);
    const fetched = init.find(({ name }) => name === fetcher)?.state?.terminated;
    const controller = about.ownerReferences?.find((owner) => owner.controller === true);
    const pod: WorkloadPod = {
      ...objectOf(about),
      namespace: about.namespace,
      phase: status?.phase ?? 'Unknown',
      ready: conditionOf(status?.conditions, 'Ready')?.status === 'True',
      ...(finalizers.length > 0 && { finalizers }),
      ...(revision !== undefined && { revision }),
      annotations: oursIn(about.annotations),
      ...(fetched && { proof: { exitCode: fetched.exitCode, message: fetched.message ?? '' } }),
      ...present({ credentials: credentialsIn(spec), unscheduled: unscheduledIn(status?.conditions) }),
      containers: [...init.map(initContainer), ...main.map(container)],
    };
    return { pod, controller };
  },
};

/** An init container is meant to end, so its success is not reported as `ended`. */
function initContainer(status: ContainerStatus): PodContainer {
  const { exitCode } = status.state?.terminated ?? {};
  return exitCode === 0 ? { name: status.name, restarts: status.restartCount ?? 0 } : container(status);
}

function container({ name, restartCount = 0, state: now, lastState }: ContainerStatus): PodContainer {
  const ended = now?.terminated ?? lastState?.terminated;
  return {
    name,
    restarts: restartCount,
    ...(now?.waiting && { waiting: now.waiting.reason ?? '' }),
    ...(ended && { ended: { exitCode: ended.exitCode, reason: ended.reason ?? '' } }),
  };
}
