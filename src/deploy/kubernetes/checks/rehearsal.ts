/** A check by the API server itself, to which the planned apply is sent as a dry run. */
import { failureOf } from '../../../model/failure';
import type { KubernetesFailure } from '../../../model/kubernetes-failure';
import { declareCheck } from '../../../plan/check';
import { differing } from '../annotations';
import type { Workloads } from '../ports';
import type { ApplyRequest } from '../requests';
import { block, pass, unknown, warn } from './check';

const REHEARSAL = declareCheck('rehearsal', {
  'rehearsal.taken': pass(),
  /** The API server would accept the request, but admission drops or changes these annotations. */
  'rehearsal.changed': block<{ readonly annotations: readonly string[] }>('ask-owner'),
  'rehearsal.refused': block<{ readonly failure: KubernetesFailure }>('ask-owner'),
  /**
   * Somebody else has just changed the workload: the look at the workload right before the update decides whether the
   * update may be sent.
   */
  'rehearsal.conflict': warn<{ readonly message: string }>('wait'),
  'rehearsal.unknown': unknown<{ readonly failure: KubernetesFailure }>(),
});

/** @throws failures that concern more than this check */
export async function rehearsalCheck(workloads: Workloads, request: ApplyRequest, signal: AbortSignal) {
  const { workload, patch } = request;
  try {
    // `resourceVersion` is left out: a status that was written since the read would cause a conflict, but does
    // not matter.
    const { resourceVersion: _, ...rest } = patch;
    const after = await workloads.apply(workload, { ...rest, dryRun: true }, signal);
    const annotations = differing(patch.annotations, after.annotations);
    return annotations.length === 0
      ? REHEARSAL.found('rehearsal.taken')
      : REHEARSAL.found('rehearsal.changed', { annotations });
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind !== 'kubernetes') throw thrown;
    if (failure.reason === 'conflict')
      return REHEARSAL.found('rehearsal.conflict', { message: failure.message });
    return failure.reason === 'forbidden' || failure.reason === 'invalid' || failure.reason === 'not-found'
      ? REHEARSAL.found('rehearsal.refused', { failure })
      : REHEARSAL.found('rehearsal.unknown', { failure });
  }
}
