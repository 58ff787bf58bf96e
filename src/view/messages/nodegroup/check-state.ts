/** Sentences of the checks of the current state: status, running updates, health, insights. */

import * as l10n from '@vscode/l10n';
import type { Insight } from '../../../model/eks';
import type { InsightFacts } from '../../../nodegroup/checks/insights';
import { statusWords } from '../phase';
import { unknownWords } from '../unread';
import type { CheckCatalogue } from './check-catalogue';
import { updateTypeWords } from './history';

export const stateChecks: CheckCatalogue<
  'cluster-state' | 'nodegroup-state' | 'running-updates' | 'health' | 'insights'
> = {
  'cluster-state': {
    title: () => l10n.t('Cluster'),
    found: {
      'cluster-active': () => l10n.t('The cluster is active.'),
      'cluster-not-active': ({ cluster, status }) =>
        l10n.t(
          'The cluster {cluster} is {status}. EKS takes node group updates only while it is active: wait, then plan again.',
          {
            cluster,
            status: statusWords(status),
          },
        ),
    },
  },
  'nodegroup-state': {
    title: () => l10n.t('Node group'),
    found: {
      'nodegroup-active': () => l10n.t('The node group is active.'),
      'nodegroup-degraded': ({ issues }) =>
        issues === 1
          ? l10n.t(
              'The node group is degraded, with one health issue. The update may fail for the same reason.',
            )
          : l10n.t(
              'The node group is degraded, with {issues} health issues. The update may fail for the same reasons.',
              {
                issues,
              },
            ),
      'nodegroup-not-active': ({ status }) =>
        l10n.t(
          'The node group is {status}. EKS takes updates only while it is active: wait, then plan again.',
          {
            status: statusWords(status),
          },
        ),
    },
  },
  'running-updates': {
    title: () => l10n.t('Running updates'),
    found: {
      'no-update-running': () => l10n.t('No other update is running.'),
      'update-running': ({ updates }) =>
        l10n.t(
          'An update is running: {updates}. EKS runs one at a time: follow it, and plan again when it has ended.',
          {
            updates: updates.map(({ id, type }) => `${updateTypeWords(type)} ${id}`).join(', '),
          },
        ),
      'updates-unknown': ({ why }) =>
        l10n.t('Whether another update is running: {why}', { why: unknownWords(why) }),
    },
  },
  health: {
    title: () => l10n.t('Health'),
    found: {
      healthy: () => l10n.t('No health issues.'),
      'health-issues': ({ issues }) =>
        l10n.t('AWS reports health issues: {codes}. Open them for what helps.', {
          codes: issues.map(({ code }) => code).join(', '),
        }),
    },
  },
  insights: {
    title: () => l10n.t('Upgrade insights'),
    found: {
      'insights-passing': ({ passing }) =>
        passing === 0
          ? l10n.t('EKS lists no upgrade insights for the cluster.')
          : l10n.t('All upgrade insights pass ({passing}).', { passing }),
      'insights-warnings': (facts) =>
        l10n.t('Upgrade insights do not all pass: {insights}.', { insights: insightList(facts) }),
      'insights-errors': (facts) =>
        l10n.t(
          'Upgrade insights report errors: {insights}. Mend them first, or go on anyway if they do not touch these nodes.',
          { insights: insightList(facts) },
        ),
      'insights-unknown': ({ why }) => unknownWords(why),
    },
  },
};

/** Names insights: `Deprecated APIs removed in 1.34 (error), kubelet version skew (warning)`. */
export function insightList({ errors, warnings, undecided }: InsightFacts): string {
  const named = (insights: readonly Insight[], status: string): readonly string[] =>
    insights.map(({ name }) => l10n.t('{name} ({status})', { name, status }));
  return [
    ...named(errors, l10n.t('error')),
    ...named(warnings, l10n.t('warning')),
    ...named(undecided, l10n.t('not known')),
  ].join(', ');
}
