/**
 * CANARY, for workloads whose pods are replaced only when somebody deletes them (OnDelete): Slipway deletes
 * one pod. When the pod that replaces it has proved the code, Slipway waits for the user's click, and then
 * deletes the other pods one by one. If the window closes before that is done, the remaining pods wait for
 * another click.
 */
import type { Clock } from '../../model/clock';
import type { Workload, WorkloadPod } from '../../model/workload';
import { isObserved } from '../../model/workload-state';
import type { FurtherUpdate, Pause } from '../port/deploy-target';
import { differing } from './annotations';
import { counts, proves } from './pods';
import type { Workloads } from './ports';
import { type ApplyRequest, deletion } from './requests';
import { isOnDelete } from './strategies';

/** Milliseconds between two reads that show whether the deleted pod has been replaced. */
const LOOK_MS = 1_000;

interface Parts {
  readonly workloads: Workloads;
  /** The apply that was sent. */
  readonly request: ApplyRequest;
  readonly clock: Clock;
}

/**
 * Yields the deletions of pods, which the caller sends. First comes the deletion of one pod, unless a pod
 * already runs the code; then, when a pod has proved the code, the pause. After the user's click (`clicked`)
 * come the deletions of the other pods, one by one, each after the previous pod has been replaced. If no pod
 * has proved the code by the click, starts over with one pod and the pause. Ends also when no pod runs earlier
 * code, or when Slipway must delete none. Waits for replacements until `signal` aborts.
 */
export async function* replacements(
  parts: Parts,
  clicked: boolean,
  signal: AbortSignal,
): AsyncIterable<FurtherUpdate | Pause> {
  let mayGoOn: boolean | undefined;
  for (;;) {
    const seen = await look(parts, signal);
    if (seen === undefined) return;
    const { earlier, proving, isStill } = seen;
    mayGoOn ??= clicked && proving.length > 0;
    if (!isStill) {
      await parts.clock.sleep(LOOK_MS, signal);
    } else if (earlier.length === 0) {
      return;
    } else if (proving.length > 0 && !mayGoOn) {
      yield { pause: 'canary' };
      return;
    } else {
      yield replacement(parts, earlier);
    }
  }
}

interface Seen {
  /** Pods that run earlier code and are not terminating. */
  readonly earlier: readonly WorkloadPod[];
  /** Pods that are ready and prove the code. */
  readonly proving: readonly WorkloadPod[];
  /**
   * True if the controller has observed the template, no pod is missing or terminating, and each pod with the
   * new annotations is ready and proves the code.
   */
  readonly isStill: boolean;
}

/**
 * Undefined where Slipway must delete no pod: somebody else has changed the workload, or the controller now
 * replaces pods by itself.
 */
async function look(
  { workloads, request: { workload: name, patch } }: Parts,
  signal: AbortSignal,
): Promise<Seen | undefined> {
  const workload = await workloads.read(name, signal);
  if (!isAsAsked(workload, patch) || !isOnDelete(workload)) return undefined;
  const pods = (await workloads.pods(workload, signal)).filter(counts);
  const earlier = pods.filter(
    (pod) => pod.deletedAt === undefined && differing(pod.annotations, patch.annotations).length > 0,
  );
  const others = pods.filter((pod) => !earlier.includes(pod));
  const proving = others.filter((pod) => isUp(pod) && proves(pod, patch.annotations));
  const isStill =
    isObserved(workload) && others.length === proving.length && pods.length >= workload.replicas;
  return { earlier, proving, isStill };
}

function isAsAsked({ uid, annotations }: Workload, patch: ApplyRequest['patch']): boolean {
  return uid === patch.uid && differing(patch.annotations, annotations).length === 0;
}

function isUp({ ready, deletedAt }: WorkloadPod): boolean {
  return ready && deletedAt === undefined;
}

/**
 * Prepares the deletion of one of the pods that run earlier code: the pod with the highest ordinal, which is
 * also the first that a StatefulSet's own rollout replaces.
 */
function replacement(
  { workloads, request: { context } }: Parts,
  earlier: readonly WorkloadPod[],
): FurtherUpdate {
  const [pod] = earlier.toSorted((a, b) => numberOf(b) - numberOf(a));
  if (pod === undefined) throw new Error('no pod runs earlier code');
  return {
    request: deletion(context, pod),
    send: async (stop) => ({ facts: { pod: await workloads.deletePod(pod, stop) } }),
  };
}

function numberOf({ name }: WorkloadPod): number {
  return Number(/-(\d+)$/.exec(name)?.[1] ?? 0);
}
