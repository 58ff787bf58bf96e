/** The plan of a change of update settings. */
import * as l10n from '@vscode/l10n';
import type { UpdateConfig } from '../../../model/eks';
import type { ConfigPlan } from '../../../nodegroup/apply/config';
import { paceWords } from '../../messages/nodegroup';
import type { TableRow } from '../page';
import { findingOf, requestSection } from './nodegroup';
import type { PlanContent } from './plan-content';

/** @param label the node group as the user knows it. */
export function configContent(label: string, plan: ConfigPlan): PlanContent {
  const { before, after, pace } = plan;
  return {
    heading: l10n.t('Update settings of {0}', { 0: label }),
    about: [{ kind: 'code', text: plan.arn }],
    findings: plan.checks.map(findingOf),
    sections: [
      {
        id: 'changes',
        heading: l10n.t('What changes'),
        blocks: [
          {
            kind: 'table',
            caption: l10n.t('What changes'),
            head: [l10n.t('Setting'), l10n.t('Now'), l10n.t('Then')],
            rows: [
              row(l10n.t('At once'), unavailableWords(before), unavailableWords(after)),
              row(
                l10n.t('Strategy'),
                strategyWords(before.updateStrategy),
                strategyWords(after.updateStrategy),
              ),
              row(l10n.t('What an update takes'), paceWords(pace.before), paceWords(pace.after)),
            ],
          },
          {
            kind: 'text',
            text: l10n.t('Nothing restarts now: the settings decide how the next update runs.'),
            look: 'muted',
          },
        ],
      },
      requestSection(plan.request),
    ],
  };
}

function row(name: string, now: string, then: string): TableRow {
  return { cells: [name, now, then], strong: now !== then };
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
