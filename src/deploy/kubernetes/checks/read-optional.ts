/** Reads something of the cluster that a plan can do without. */
import { failureOf } from '../../../model/failure';
import type { KubernetesFailure } from '../../../model/kubernetes-failure';
import { known, type OptionalRead, unknown } from '../../../plan/optional-read';

/** @throws failures that concern more than this question */
export async function readOptional<T>(read: () => Promise<T>): Promise<OptionalRead<T, KubernetesFailure>> {
  try {
    return known(await read());
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind !== 'kubernetes') throw thrown;
    return unknown(failure);
  }
}
