/** The page of a plan that changes the update settings of a node group. */
import * as l10n from '@vscode/l10n';
import type { UpdateConfig } from '../../../model/eks';
import type { ConfigPlan } from '../../../nodegroup/apply/config';
import { paceWords } from '../../messages/nodegroup';
import { mutedText } from '../blocks';
import { code } from '../cells';
import type { TableRow } from '../page';
import { findingOf, requestSection } from './nodegroup';
import { changesSection, type PlanContent } from './plan-content';

/** @param label the node group's label for the user */
export function configContent(label: string, plan: ConfigPlan): PlanContent {
  const { before, after, pace } = plan;
  return {
    heading: l10n.t('Update settings of {0}', { 0: label }),
    about: [code(plan.arn)],
    findings: plan.checks.map(findingOf),
    sections: [
      changesSection(
        [
          row(l10n.t('At once'), unavailableWords(before), unavailableWords(after)),
          row(l10n.t('Strategy'), strategyWords(before.updateStrategy), strategyWords(after.updateStrategy)),
          row(l10n.t('What an update takes'), paceWords(pace.before), paceWords(pace.after)),
        ],
        undefined,
        mutedText(l10n.t('Nothing restarts now: the settings decide how the next update runs.')),
      ),
      requestSection(plan.request),
    ],
  };
}

function row(name: string, now: string, then: string): TableRow {
  return { cells: [name, now, then], strong: now !== then };
}

/** How many nodes an update may make unavailable at once, such as `2 nodes` or `33 % of the nodes`. */
export function unavailableWords({ maxUnavailable, maxUnavailablePercentage }: UpdateConfig): string {
  if (maxUnavailablePercentage !== undefined)
    return l10n.t('{0} % of the nodes', { 0: maxUnavailablePercentage });
  if (maxUnavailable === undefined) return l10n.t('not shown');
  return maxUnavailable === 1 ? l10n.t('1 node') : l10n.t('{0} nodes', { 0: maxUnavailable });
}

/** The name of the strategy; `DEFAULT` if the strategy is absent. */
export function strategyWords(strategy: string | undefined): string {
  return strategy ?? 'DEFAULT';
}
