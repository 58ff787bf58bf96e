/** The plan of a change of update settings as a page: the settings, what they mean, the checks, the request. */
import type { UpdateConfig } from '../../model/eks';
import type { ConfigPlan } from '../../upgrade/config';
import { t } from '../l10n';
import { paceWords } from '../words/upgrade';
import { jsonBlock, page, plain, table } from './markdown';
import { checksTable } from './nodegroup-plan';

export function configPlanPage(label: string, plan: ConfigPlan): string {
  const { before, after, pace } = plan;
  return page([
    `# ${t('Update settings of {0}', { 0: plain(label) })}`,
    `## ${t('What changes')}`,
    table(
      ['', t('Now'), t('Then')],
      [
        [t('At once'), unavailableWords(before), unavailableWords(after)],
        [
          t('Strategy'),
          plain(strategyWords(before.updateStrategy)),
          plain(strategyWords(after.updateStrategy)),
        ],
        [t('What an update takes'), plain(paceWords(pace.before, t)), plain(paceWords(pace.after, t))],
      ],
    ),
    t('Nothing restarts now: the settings decide how the next update runs.'),
    `## ${t('Checks')}`,
    checksTable(plan.checks),
    `## ${t('Request')}`,
    t('Exactly this is sent, with a token that makes sure that it is carried out once.'),
    jsonBlock(plan.request),
  ]);
}

/** `2 nodes`, `33 %`. */
export function unavailableWords({ maxUnavailable, maxUnavailablePercentage }: UpdateConfig): string {
  if (maxUnavailablePercentage !== undefined) return t('{0} % of the nodes', { 0: maxUnavailablePercentage });
  if (maxUnavailable === undefined) return t('not shown');
  return maxUnavailable === 1 ? t('1 node') : t('{0} nodes', { 0: maxUnavailable });
}

/** An absent strategy is the default one. */
export function strategyWords(strategy: string | undefined): string {
  return strategy ?? 'DEFAULT';
}
