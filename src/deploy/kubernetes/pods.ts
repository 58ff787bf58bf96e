/** The pods of a workload: the code that they prove, and their troubles. */
import { type PodTrouble as ContainerTrouble, containerTroubleOf } from '../../model/pod-trouble';
import { ANNOTATION, type WorkloadPod } from '../../model/workload';
import { type Annotations, differing } from './annotations';

/**
 * Returns true if the pod has the configuration that was asked for: its init container has proved that it
 * fetched this very zip, by exit code 0 and the exact digest, and the pod was made with exactly these
 * annotations, and so with this script and these arguments.
 */
export function proves({ proof, annotations }: WorkloadPod, asked: Annotations): boolean {
  return (
    proof?.exitCode === 0 &&
    proof.message.trim() === asked[ANNOTATION.digest] &&
    differing(annotations, asked).length === 0
  );
}

/** Returns true for a pod that runs or will run: one that has neither ended nor failed. Terminating pods still run. */
export function counts({ phase }: WorkloadPod): boolean {
  return phase !== 'Succeeded' && phase !== 'Failed';
}

/** Why a pod does not start, or does not stay up. */
export interface PodTrouble extends ContainerTrouble {
  readonly uid: string;
  /** Kubernetes' own words about a cause outside of the pod. */
  readonly message?: string;
}

/** The trouble of one of the pod's containers; undefined if there is none. */
export function troubleOf(pod: WorkloadPod): PodTrouble | undefined {
  const trouble = containerTroubleOf(pod);
  return trouble && { ...trouble, uid: pod.uid };
}

/**
 * The cause outside of the pod that makes it wait, such as no node with room, a volume that cannot be
 * mounted, or no free address.
 */
export function heldUp({ name, uid, unscheduled, unbegun }: WorkloadPod): PodTrouble | undefined {
  const why = unscheduled ?? unbegun;
  return why && { pod: name, uid, ...why };
}

/**
 * The oldest pod of which no container has started, although it is neither terminating nor known to lack a
 * node.
 */
export function waitingPod(pods: readonly WorkloadPod[]): WorkloadPod | undefined {
  return pods
    .filter(({ deletedAt, unscheduled }) => deletedAt === undefined && unscheduled === undefined)
    .filter(({ phase, containers }) => phase === 'Pending' && containers.every(({ waiting }) => waiting))
    .toSorted((a, b) => a.createdAt - b.createdAt)[0];
}
