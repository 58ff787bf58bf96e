/** Checks whether a namespace may have one more pod, if a ResourceQuota limits the number of its pods. */
import { isFinished } from '../kinds';
import type { NewObject } from '../kube-object';
import type { ObjectStore } from '../object-store';
import type { PodIndex } from './pod-index';

/**
 * Why one more pod is refused, in the words of the API server's admission; undefined if it is allowed.
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#object-count-quota
 */
export function exceededQuota(
  { store, pods }: { readonly store: ObjectStore; readonly pods: PodIndex },
  { metadata: { namespace = '', name } }: NewObject,
): string | undefined {
  for (const { metadata, spec } of store.list('resourcequotas', namespace)) {
    const { hard } = spec as { readonly hard?: Readonly<Record<string, string | number>> };
    const limited = hard?.['pods'];
    if (limited === undefined) continue;
    const used = pods.inNamespace(namespace).filter((pod) => !isFinished(pod)).length;
    if (used >= Number(limited))
      return `pods "${name}" is forbidden: exceeded quota: ${metadata.name}, requested: pods=1, used: pods=${used}, limited: pods=${limited}`;
  }
  return undefined;
}
