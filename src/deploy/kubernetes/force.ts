/**
 * FORCE: when a workload has its new template, all pods that were made from an earlier template are deleted
 * at once.
 */
import type { Clock } from '../../model/clock';
import type { Workload } from '../../model/workload';
import { isObserved } from '../../model/workload-state';
import type { FurtherUpdate } from '../port/deploy-target';
import { differing } from './annotations';
import { counts } from './pods';
import type { Workloads } from './ports';
import { type ApplyRequest, deletion } from './requests';

/** Milliseconds between two reads that show whether the controller has observed the new template. */
const LOOK_MS = 500;

/**
 * Yields the deletions of the pods of earlier templates, after the controller has observed the new template: a
 * pod that is deleted before that would come back with the earlier code. Waits for the controller until
 * `signal` aborts.
 */
export async function* deletions(
  workloads: Workloads,
  { context, workload: name, patch }: ApplyRequest,
  clock: Clock,
  signal: AbortSignal,
): AsyncIterable<FurtherUpdate> {
  const workload = await observed(workloads, name, clock, signal);
  // Somebody else has changed the workload, and Slipway must not speed up other people's changes.
  if (workload.uid !== patch.uid || differing(patch.annotations, workload.annotations).length > 0) return;
  const pods = await workloads.pods(workload, signal);
  for (const pod of pods) {
    const isEarlier = differing(pod.annotations, patch.annotations).length > 0;
    if (!isEarlier || !counts(pod) || pod.deletedAt !== undefined) continue;
    yield {
      request: deletion(context, pod),
      send: async (stop) => ({ facts: { pod: await workloads.deletePod(pod, stop) } }),
    };
  }
}

async function observed(
  workloads: Workloads,
  name: ApplyRequest['workload'],
  clock: Clock,
  signal: AbortSignal,
): Promise<Workload> {
  for (;;) {
    const workload = await workloads.read(name, signal);
    if (isObserved(workload)) return workload;
    await clock.sleep(LOOK_MS, signal);
  }
}
