/** How long AWS supports a Kubernetes version, from the list of DescribeClusterVersions. */

import type { ClusterVersion } from '../../model/eks';
import { present } from '../../model/present';

/** Support counts as ending if the present phase of support ends within this many days. */
const SUPPORT_NOTICE_DAYS = 90;

const DAY = 86_400_000;

/** Times are epoch milliseconds. */
export type Support =
  | { readonly kind: 'standard'; readonly until?: number; readonly ending: boolean }
  /** Costs extra. @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
  | { readonly kind: 'extended'; readonly until?: number; readonly ending: boolean }
  | { readonly kind: 'ended'; readonly since?: number }
  /** AWS does not list the version, or gives a status that Slipway does not know. */
  | { readonly kind: 'unlisted' };

/** @param now epoch milliseconds */
export function supportOf(version: string, listed: readonly ClusterVersion[], now: number): Support {
  const found = listed.find((one) => one.version === version);
  switch (found?.status) {
    case 'STANDARD_SUPPORT':
      return { kind: 'standard', ...phaseEnd(found.endOfStandardSupport, now) };
    case 'EXTENDED_SUPPORT':
      return { kind: 'extended', ...phaseEnd(found.endOfExtendedSupport, now) };
    case 'UNSUPPORTED':
      return {
        kind: 'ended',
        ...present({ since: found.endOfExtendedSupport }),
      };
    default:
      return { kind: 'unlisted' };
  }
}

function phaseEnd(until: number | undefined, now: number): { until?: number; ending: boolean } {
  return until === undefined
    ? { ending: false }
    : { until, ending: until - now <= SUPPORT_NOTICE_DAYS * DAY };
}
