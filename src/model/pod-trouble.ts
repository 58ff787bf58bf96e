/** Why a pod does not run, derived only from the pod's own status. */
import { present } from './present';
import type { WorkloadPod } from './workload';

export interface PodTrouble {
  readonly pod: string;
  /** Absent: the trouble concerns the whole pod. */
  readonly container?: string;
  /** The word that Kubernetes uses: `CrashLoopBackOff`, `ImagePullBackOff`, `Unschedulable`, … */
  readonly reason: string;
  /** Exit code of the last run that ended. */
  readonly exitCode?: number;
  /** How often the container was restarted. */
  readonly restarts?: number;
}

/** Reasons for waiting that are part of every ordinary start. */
const STARTING: readonly string[] = ['ContainerCreating', 'PodInitializing'];

/** True if a container that waits for this reason is starting as usual. */
export function isOrdinaryWait(reason: string): boolean {
  return STARTING.includes(reason);
}

/**
 * The trouble of one of the pod's containers; undefined if there is none. Waits that are part of every start
 * do not count. All other waits count, even if the container starts as soon as somebody supplies what is
 * missing.
 */
export function containerTroubleOf(pod: WorkloadPod): PodTrouble | undefined {
  for (const { name, waiting, ended, restarts } of pod.containers) {
    const at = { pod: pod.name, container: name, restarts, ...present({ exitCode: ended?.exitCode }) };
    if (waiting && !isOrdinaryWait(waiting)) return { ...at, reason: waiting };
    // A container that has failed and was started again counts as trouble until the pod is ready: between two
    // runs, its status may not yet give a reason for waiting.
    if (ended !== undefined && ended.exitCode !== 0 && restarts > 0 && !pod.ready)
      return { ...at, reason: ended.reason || 'Error' };
  }
  return undefined;
}

/**
 * The trouble of the pod or of one of its containers; undefined if there is none, or if the pod is being
 * deleted.
 */
export function podTroubleOf(pod: WorkloadPod): PodTrouble | undefined {
  const { name, deletedAt, unscheduled, phase } = pod;
  if (deletedAt !== undefined) return undefined;
  const trouble = containerTroubleOf(pod);
  if (trouble) return trouble;
  const reason = unscheduled?.reason ?? (phase === 'Failed' ? phase : undefined);
  return reason === undefined ? undefined : { pod: name, reason };
}
