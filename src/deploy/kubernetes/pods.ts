/** What the pods of a workload say of the code that they run. */
import { type PodTrouble as ContainerTrouble, containerTroubleOf } from '../../model/pod-trouble';
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
export interface PodTrouble extends ContainerTrouble {
  readonly uid: string;
  /** Kubernetes' own words, of what is outside of the pod. */
  readonly message?: string;
}

/** Undefined while nothing is wrong that can be seen. */
export function troubleOf(pod: WorkloadPod): PodTrouble | undefined {
  const trouble = containerTroubleOf(pod);
  return trouble && { ...trouble, uid: pod.uid };
}

/** What the pod waits for that is outside of it: a node that has room, a volume that it can mount. */
export function heldUp({ name, uid, unscheduled, unmounted }: WorkloadPod): PodTrouble | undefined {
  const why = unscheduled ?? unmounted;
  return why && { pod: name, uid, ...why };
}

/** The first one that has a node, and of which no container has begun. */
export function waitingPod(pods: readonly WorkloadPod[]): WorkloadPod | undefined {
  return pods
    .filter(({ deletedAt, unscheduled }) => deletedAt === undefined && unscheduled === undefined)
    .filter(({ phase, containers }) => phase === 'Pending' && containers.every(({ waiting }) => waiting))
    .toSorted((a, b) => a.createdAt - b.createdAt)[0];
}
