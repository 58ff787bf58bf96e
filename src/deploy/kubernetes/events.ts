/** What neither the status of a workload nor that of a pod says, and events do: why pods are not made, or wait. */
import type { Facts } from '../../model/json';
import type { KubernetesEvent } from '../../model/kubernetes';
import type { Workload, WorkloadPod } from '../../model/workload';
import type { PollContext } from '../port/deploy-target';
import type { Seen } from './judge';
import { waitingPod } from './pods';
import type { Workloads } from './ports';

type Asking = Pick<PollContext, 'signal' | 'nextRequest'>;

/** Asks for events only where something is missing. `earlier`: facts of the look before. */
export async function explained(
  workloads: Pick<Workloads, 'events'>,
  { workload, pods }: Seen,
  earlier: Facts,
  asking: Asking,
): Promise<Seen> {
  return {
    workload: await withUnmade(workloads, workload, pods, asking),
    pods: await withUnmounted(workloads, pods, earlier, asking),
  };
}

/**
 * A StatefulSet's status does not say that its pods cannot be made, so that its events are asked where some are missing.
 * Such an event comes again for as long as it stays so.
 */
async function withUnmade(
  workloads: Pick<Workloads, 'events'>,
  workload: Workload,
  pods: readonly WorkloadPod[],
  { signal, nextRequest }: Asking,
): Promise<Workload> {
  if (workload.kind !== 'StatefulSet' || pods.length >= workload.replicas) return workload;
  await nextRequest();
  const latest = latestOf(await workloads.events(workload, signal), ['FailedCreate']);
  if (latest === undefined) return workload;
  return { ...workload, rollout: { ...workload.rollout, cannotCreate: latest.message } };
}

/** Kubernetes' reasons for a pod that waits for its volumes. */
const WITHOUT_VOLUME: readonly string[] = ['FailedAttachVolume', 'FailedMount'];

/**
 * A pod whose volume another node has looks like one that is on its way. Events are asked for one that was the first to wait
 * a look ago, too: most have begun by then.
 */
async function withUnmounted(
  workloads: Pick<Workloads, 'events'>,
  pods: readonly WorkloadPod[],
  earlier: Facts,
  { signal, nextRequest }: Asking,
): Promise<readonly WorkloadPod[]> {
  const waiting = waitingPod(pods);
  if (waiting === undefined || earlier['waiting'] !== waiting.uid) return pods;
  await nextRequest();
  const latest = latestOf(await workloads.events(waiting, signal), WITHOUT_VOLUME);
  if (latest === undefined) return pods;
  const { reason, message } = latest;
  return pods.map((pod) => (pod === waiting ? { ...pod, unmounted: { reason, message } } : pod));
}

/** An event with one of the reasons, where none is later. Kubernetes gives whole seconds, so that several may be the last. */
function latestOf(
  events: readonly KubernetesEvent[],
  reasons: readonly string[],
): KubernetesEvent | undefined {
  const last = Math.max(...events.map(({ at }) => at));
  return events.find(({ at, reason }) => at === last && reasons.includes(reason));
}
