/** How long an update of a node group goes on, by the estimate of its plan and the time that has passed. */
import * as l10n from '@vscode/l10n';
import type { Range } from '../../../nodegroup/rollout-estimate';
import { rangeWords } from './counts';

/**
 * `about 15 to 74 min left`.
 * @param planned minutes that the plan expected.
 * @param elapsedMs since it began.
 */
export function estimateLeft(planned: Range, elapsedMs: number): string {
  const elapsed = Math.floor(elapsedMs / 60_000);
  const [least, most] = [planned.least - elapsed, planned.most - elapsed];
  if (most <= 0) return l10n.t('longer than the {most} min that the plan expected', { most: planned.most });
  return least > 0
    ? l10n.t('about {range} min left', { range: rangeWords({ least, most }) })
    : l10n.t('at most about {most} min left', { most });
}
