/** The pods of a workload: the code that they prove, and their troubles. */
import { type PodTrouble as ContainerTrouble, containerTroubleOf } from '../../model/pod-trouble';
import { ANNOTATION, type WorkloadPod } from '../../model/workload';
import { type Annotations, differing } from './annotations';

/**
 * Returns true if the pod runs the configuration that was asked for: its init container has proved that it unpacked
 * this very zip, by exit code 0 and the exact digest, and the pod was made with this script and these arguments.
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

/** Undefined while the pod shows no trouble. */
export function troubleOf(pod: WorkloadPod): PodTrouble | undefined {
  const trouble = containerTroubleOf(pod);
  return trouble && { ...trouble, uid: pod.uid };
}

/** The cause outside of the pod that makes it wait: no node with room, a volume that cannot be mounted, no address. */
export function heldUp({ name, uid, unscheduled, unbegun }: WorkloadPod): PodTrouble | undefined {
  const why = unscheduled ?? unbegun;
  return why && { pod: name, uid, ...why };
}

/** The oldest pod that has a node, but no started container. */
export function waitingPod(pods: readonly WorkloadPod[]): WorkloadPod | undefined {
  return pods
    .filter(({ deletedAt, unscheduled }) => deletedAt === undefined && unscheduled === undefined)
    .filter(({ phase, containers }) => phase === 'Pending' && containers.every(({ waiting }) => waiting))
    .toSorted((a, b) => a.createdAt - b.createdAt)[0];
}
