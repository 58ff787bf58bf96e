/**
 * Reads events to find out why pods are not created or have to wait, if the status of the workload and its
 * pods does not say so.
 */
import type { Facts } from '../../model/json';
import type { KubernetesEvent } from '../../model/kubernetes';
import type { Workload, WorkloadPod } from '../../model/workload';
import type { PollContext } from '../port/deploy-target';
import type { Seen } from './judge';
import { waitingPod } from './pods';
import type { Workloads } from './ports';

type Asking = Pick<PollContext, 'signal' | 'nextRequest'>;

/**
 * Adds the reasons that events contain to the data of the workload and its pods. Asks for events only if pods
 * are missing or wait. `earlier`: facts of the previous poll.
 */
export async function explained(
  workloads: Pick<Workloads, 'events'>,
  { workload, pods }: Seen,
  earlier: Facts,
  asking: Asking,
): Promise<Seen> {
  return {
    workload: await withUnmade(workloads, workload, pods, asking),
    pods: await withUnbegun(workloads, pods, earlier, asking),
  };
}

/**
 * Adds the reason why pods cannot be created. A StatefulSet's status does not contain it, but its events do.
 * The events are read only while pods are missing. Only the latest one counts, since Kubernetes repeats such
 * an event as long as the problem lasts.
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

/**
 * Reasons that the kubelet and the attach controller give for a pod that cannot start: a problem with a volume or the
 * pod's network, e.g. an EKS subnet without a free address.
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/events/event.go
 */
const CANNOT_BEGIN: readonly string[] = [
  'FailedAttachVolume',
  'FailedMount',
  'FailedMapVolume',
  'FailedCreatePodSandBox',
  'NetworkNotReady',
];

/**
 * Adds the reason why a pod that has to wait for a volume or an address does not start: its status looks like
 * that of a pod that is starting. Events are read only if the oldest waiting pod is the same as in the
 * previous poll, since most pods have started by the second poll.
 */
async function withUnbegun(
  workloads: Pick<Workloads, 'events'>,
  pods: readonly WorkloadPod[],
  earlier: Facts,
  { signal, nextRequest }: Asking,
): Promise<readonly WorkloadPod[]> {
  const waiting = waitingPod(pods);
  if (waiting === undefined || earlier['waiting'] !== waiting.uid) return pods;
  await nextRequest();
  const latest = latestOf(await workloads.events(waiting, signal), CANNOT_BEGIN);
  if (latest === undefined) return pods;
  const { reason, message } = latest;
  return pods.map((pod) => (pod === waiting ? { ...pod, unbegun: { reason, message } } : pod));
}

/**
 * The latest event, if its reason is one of `reasons`. Times are whole seconds, so several events may be the
 * latest; then one with such a reason is returned.
 */
function latestOf(
  events: readonly KubernetesEvent[],
  reasons: readonly string[],
): KubernetesEvent | undefined {
  const last = Math.max(...events.map(({ at }) => at));
  return events.find(({ at, reason }) => at === last && reasons.includes(reason));
}
