/**
 * Ends pods that are being deleted: their processes stop within the grace period. Then each pod is removed
 * unless a finalizer keeps it.
 */
import type { ClusterTime } from '../cluster-time';
import type { ContainerStatus, Pod } from '../kinds';
import type { ObjectStore } from '../object-store';
import { graceOf } from '../pod-grace';
import type { WorkOf } from '../programs';
import { terminated } from './container-run';
import { withContainers } from './pod-status';

/** Exit code of a killed process: 128 plus the number of SIGKILL. */
const KILLED = 137;

export interface PodStopParts {
  readonly store: ObjectStore;
  readonly time: ClusterTime;
  readonly workOf: WorkOf;
}

export class PodStops {
  /** The shortest grace period so far, in seconds, of each pod that is being stopped, by the pod's uid. */
  private readonly stopping = new Map<string, number>();

  constructor(private readonly parts: PodStopParts) {}

  /**
   * Begins to stop a pod that is being deleted. Another call with a shorter grace period may end the pod
   * sooner.
   */
  begin(pod: Pod): void {
    const { uid, deletionGracePeriodSeconds } = pod.metadata;
    const grace = graceOf(pod, deletionGracePeriodSeconds);
    const known = this.stopping.get(uid);
    // With a grace period of 0 the processes have already ended, and only finalizers keep the pod.
    if (deletionGracePeriodSeconds === 0 || (known !== undefined && known <= grace)) return;
    this.stopping.set(uid, grace);
    const longest = Math.max(
      0,
      ...pod.spec.containers.map((container) => this.parts.workOf(pod, container, false).stopSeconds),
    );
    const seconds = pod.status?.phase === 'Running' ? Math.min(grace, longest) : 0;
    this.parts.time.after(seconds * 1000, () => this.end(pod, longest > grace ? KILLED : 0));
  }

  forget(uid: string): void {
    this.stopping.delete(uid);
  }

  private end({ metadata: { namespace, name, uid } }: Pod, exitCode: number): void {
    const { store, time } = this.parts;
    const pod = store.get('pods', namespace, name) as Pod | undefined;
    if (pod?.metadata.uid !== uid || pod.metadata.deletionGracePeriodSeconds === 0) return;
    const ended = (list: readonly ContainerStatus[] = []) =>
      list.map((status) => (status.state.running ? terminated(status, { exitCode }, time.now()) : status));
    const { initContainerStatuses, containerStatuses } = pod.status ?? {};
    store.update(
      'pods',
      withContainers(pod, ended(initContainerStatuses), ended(containerStatuses), time.now()),
    );
    store.markDeleted('pods', namespace, name, 0);
  }
}
