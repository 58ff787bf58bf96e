/** What the pods of a workload say of the code that they run. */
import { ANNOTATION, type WorkloadPod } from '../../model/workload';
import { type Annotations, differing } from './annotations';

/**
 * Whether the pod runs what was asked for: its init container has proved that it unpacked this very zip, by exit code 0 and
 * the exact digest, and script and arguments are those that the pod was made with.
 */
export function proves({ proof, annotations }: WorkloadPod, asked: Annotations): boolean {
  return (
    proof?.exitCode === 0 &&
    proof.message.trim() === asked[ANNOTATION.digest] &&
    differing(annotations, asked).length === 0
  );
}

/** A pod that runs, or will: neither over nor failed. Terminating ones still run. */
export function counts({ phase }: WorkloadPod): boolean {
  return phase !== 'Succeeded' && phase !== 'Failed';
}

/** Why a pod does not come to run, or not to stay. */
export interface PodTrouble {
  readonly pod: string;
  readonly uid: string;
  readonly container?: string;
  /** Kubernetes' word: `CrashLoopBackOff`. */
  readonly reason: string;
  readonly exitCode?: number;
}

/**
 * Reasons that end by themselves are none. The others may, too, once somebody has mended what is missing; a pod with one
 * of them has not started as it should.
 */
const PASSING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing', '']);

/** Undefined while nothing is wrong that can be seen. */
export function troubleOf(pod: WorkloadPod): PodTrouble | undefined {
  const base = { pod: pod.name, uid: pod.uid };
  for (const { name, waiting, ended, restarts } of pod.containers) {
    const exit = ended && { exitCode: ended.exitCode };
    if (waiting !== undefined && !PASSING.has(waiting))
      return { ...base, container: name, reason: waiting, ...exit };
    // Between two starts it is over, and waits for nothing yet.
    if (ended !== undefined && ended.exitCode !== 0 && restarts > 0 && !pod.ready)
      return { ...base, container: name, reason: ended.reason || 'Error', ...exit };
  }
  return undefined;
}
