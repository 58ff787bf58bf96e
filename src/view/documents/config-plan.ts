/** The plan of a change of update settings as a page: the settings, what they mean, the checks, the request. */
import * as l10n from '@vscode/l10n';
import type { UpdateConfig } from '../../model/eks';
import type { ConfigPlan } from '../../nodegroup/config';
import { jsonBlock, page, plain, table } from '../markdown';
import { checkRow, paceWords } from '../messages/nodegroup';
import { checksTable } from './checks-table';

export function configPlanPage(label: string, plan: ConfigPlan): string {
  const { before, after, pace } = plan;
  return page([
    `# ${l10n.t('Update settings of {0}', { 0: plain(label) })}`,
    `## ${l10n.t('What changes')}`,
    table(
      ['', l10n.t('Now'), l10n.t('Then')],
      [
        [l10n.t('At once'), unavailableWords(before), unavailableWords(after)],
        [
          l10n.t('Strategy'),
          plain(strategyWords(before.updateStrategy)),
          plain(strategyWords(after.updateStrategy)),
        ],
        [l10n.t('What an update takes'), plain(paceWords(pace.before)), plain(paceWords(pace.after))],
      ],
    ),
    l10n.t('Nothing restarts now: the settings decide how the next update runs.'),
    `## ${l10n.t('Checks')}`,
    checksTable(plan.checks, checkRow),
    `## ${l10n.t('Request')}`,
    l10n.t('Exactly this is sent, with a token that makes sure that it is carried out once.'),
    jsonBlock(plan.request),
  ]);
}

/** `2 nodes`, `33 %`. */
export function unavailableWords({ maxUnavailable, maxUnavailablePercentage }: UpdateConfig): string {
  if (maxUnavailablePercentage !== undefined)
    return l10n.t('{0} % of the nodes', { 0: maxUnavailablePercentage });
  if (maxUnavailable === undefined) return l10n.t('not shown');
  return maxUnavailable === 1 ? l10n.t('1 node') : l10n.t('{0} nodes', { 0: maxUnavailable });
}

/** An absent strategy is the default one. */
export function strategyWords(strategy: string | undefined): string {
  return strategy ?? 'DEFAULT';
}
