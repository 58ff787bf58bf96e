/** Check by the API server itself: it is asked to carry the very request out, and to change nothing. */
import { failureOf } from '../../../model/failure';
import type { KubernetesFailure } from '../../../model/kubernetes-failure';
import { declareCheck } from '../../../plan/check';
import { differing } from '../annotations';
import type { Workloads } from '../ports';
import type { ApplyRequest } from '../requests';
import { block, pass, unknown, warn } from './check';

const REHEARSAL = declareCheck('rehearsal', {
  'rehearsal.taken': pass(),
  /** It would be taken, and these annotations would not be as they were sent: admission drops or changes them. */
  'rehearsal.changed': block<{ readonly annotations: readonly string[] }>('ask-owner'),
  'rehearsal.refused': block<{ readonly failure: KubernetesFailure }>('ask-owner'),
  /** Somebody else changed it a moment ago: the last look decides. */
  'rehearsal.conflict': warn<{ readonly message: string }>('wait'),
  'rehearsal.unknown': unknown<{ readonly failure: KubernetesFailure }>(),
});

/** @throws what concerns more than this question. */
export async function rehearsalCheck(workloads: Workloads, request: ApplyRequest, signal: AbortSignal) {
  const { workload, patch } = request;
  try {
    // Whatever its state: a status that was written since says nothing.
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
