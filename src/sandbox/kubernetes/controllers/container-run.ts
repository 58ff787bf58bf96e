/** The status of a pod's container: before its first start, while it runs, after its end, at a restart. */

import { present } from '../../present';
import type { ContainerState, ContainerStatus, TerminatedState } from '../kinds';
import { kubeTime } from '../kube-object';

/** In simulated seconds: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy */
const FIRST_BACK_OFF = 10;
const LONGEST_BACK_OFF = 300;

/**
 * Simulated seconds between the end of a container and its next start.
 * @param restarts number of earlier restarts that had such a wait
 */
export function backOffSeconds(restarts: number): number {
  return Math.min(FIRST_BACK_OFF * 2 ** restarts, LONGEST_BACK_OFF);
}

export function waiting(name: string, image: string, reason: string): ContainerStatus {
  return {
    name,
    image,
    imageID: '',
    ready: false,
    started: false,
    restartCount: 0,
    state: { waiting: { reason } },
    lastState: {},
  };
}

/** @param now epoch milliseconds, here and below. */
export function running(status: ContainerStatus, id: string, now: number): ContainerStatus {
  return {
    ...status,
    imageID: `${String(status['image']).split(':')[0]}@sha256:${id}`,
    containerID: `containerd://${id}`,
    started: true,
    state: { running: { startedAt: kubeTime(now) } },
  };
}

export interface End {
  readonly exitCode: number;
  readonly reason?: string;
  /** The text that the container wrote as its termination message. */
  readonly message?: string;
}

export function terminated(
  status: ContainerStatus,
  { exitCode, reason, message }: End,
  now: number,
): ContainerStatus {
  const startedAt = status.state.running?.startedAt ?? kubeTime(now);
  const state: TerminatedState = {
    exitCode,
    reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
    ...present({ message }),
    startedAt,
    finishedAt: kubeTime(now),
    containerID: String(status['containerID'] ?? ''),
  };
  return { ...status, ready: false, started: false, state: { terminated: state } };
}

/** The status of a container that has ended and waits for its next start. */
export function crashLooping(status: ContainerStatus, seconds: number, podName: string): ContainerStatus {
  const state: ContainerState = {
    waiting: {
      reason: 'CrashLoopBackOff',
      message: `back-off ${backOffWords(seconds)} restarting failed container=${status.name} pod=${podName}`,
    },
  };
  return { ...status, ready: false, started: false, state, lastState: status.state };
}

/** A duration in Go's form: `10s`, `2m40s`, `5m0s`. */
function backOffWords(seconds: number): string {
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

/**
 * The status with one more restart. The state of the ended container becomes `lastState`, unless
 * {@link crashLooping} has already moved it there.
 */
export function restarted(status: ContainerStatus): ContainerStatus {
  const lastState = status.state.terminated ? status.state : status.lastState;
  return { ...status, lastState, restartCount: status.restartCount + 1 };
}
