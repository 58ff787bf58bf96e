/** How long the update of a node group will still take, in words. */
import * as l10n from '@vscode/l10n';
import type { Remaining } from '../../../nodegroup/follow/remaining';
import type { Range } from '../../../nodegroup/rules/rollout-estimate';
import { rangeWords } from '../counts';

/**
 * `about 15 to 74 min left`: the wording says that this is an estimate. If the update takes longer than
 * expected, a sentence says so instead.
 * @param planned minutes that the plan expected.
 */
export function estimateWords(remaining: Remaining, planned: Range): string {
  if (remaining.by === 'slower') return l10n.t('what goes on now takes longer than what came before');
  if (remaining.by === 'plan' && remaining.most <= 0)
    return l10n.t('longer than the {most} min that the plan expected', { most: planned.most });
  const words = leftWords(remaining);
  return remaining.by === 'pace' ? l10n.t('{0}, at the pace so far', { 0: words }) : words;
}

/** The estimate in a few words, for a row and the status bar; undefined where no estimate is possible. */
export function shortEstimateWords(remaining: Remaining): string | undefined {
  if (remaining.by === 'slower') return undefined;
  return remaining.by === 'plan' && remaining.most <= 0
    ? l10n.t('longer than planned')
    : leftWords(remaining);
}

function leftWords(remaining: Range): string {
  const least = Math.round(remaining.least);
  const most = Math.max(1, Math.round(remaining.most));
  return least > 0
    ? l10n.t('about {range} min left', { range: rangeWords({ least, most }) })
    : l10n.t('at most about {most} min left', { most });
}
