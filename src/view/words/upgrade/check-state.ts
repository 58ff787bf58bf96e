/** Sentences of the checks of the present: state, running updates, health, insights. */
import type { Insight } from '../../../model/eks';
import type { InsightFacts, ReadinessFacts, StateFacts } from '../../../upgrade/checks/facts';
import { statusWords } from '../phase';
import type { Translate } from '../translate';
import type { Sentences } from './sentences';
import { unknownWords } from './unknown';
import { updateTypeWords } from './update-type';

export const stateSentences: Sentences<StateFacts & ReadinessFacts> = {
  'cluster-active': (_facts, t) => t('The cluster is active.'),
  'cluster-not-active': ({ cluster, status }, t) =>
    t(
      'The cluster {cluster} is {status}. EKS takes node group updates only while it is active: wait, then refresh.',
      {
        cluster,
        status: statusWords(status),
      },
    ),
  'nodegroup-active': (_facts, t) => t('The node group is active.'),
  'nodegroup-degraded': ({ issues }, t) =>
    issues === 1
      ? t('The node group is degraded, with one health issue. The update may fail for the same reason.')
      : t(
          'The node group is degraded, with {issues} health issues. The update may fail for the same reasons.',
          {
            issues,
          },
        ),
  'nodegroup-not-active': ({ status }, t) =>
    t('The node group is {status}. EKS takes updates only while it is active: wait, then refresh.', {
      status: statusWords(status),
    }),
  'no-update-running': (_facts, t) => t('No other update is running.'),
  'update-running': ({ updates }, t) =>
    t(
      'An update is running: {updates}. EKS runs one at a time: follow it, and plan again when it has ended.',
      {
        updates: updates.map(({ id, type }) => `${updateTypeWords(type, t)} ${id}`).join(', '),
      },
    ),
  'updates-unknown': ({ why }, t) =>
    t('Whether another update is running: {why}', { why: unknownWords(why, t) }),
  healthy: (_facts, t) => t('No health issues.'),
  'health-issues': ({ issues }, t) =>
    t('AWS reports health issues: {codes}. Open them for what helps.', {
      codes: issues.map(({ code }) => code).join(', '),
    }),
  'insights-passing': ({ passing }, t) =>
    passing === 0
      ? t('EKS lists no upgrade insights for the cluster.')
      : t('All upgrade insights pass ({passing}).', { passing }),
  'insights-warnings': (facts, t) => t('Upgrade insights: {insights}.', { insights: insightList(facts, t) }),
  'insights-errors': (facts, t) =>
    t(
      'Upgrade insights report errors: {insights}. Mend them first, or go on anyway if they do not touch these nodes.',
      { insights: insightList(facts, t) },
    ),
  'insights-unknown': ({ why }, t) => t('Upgrade insights: {why}', { why: unknownWords(why, t) }),
};

/** `Deprecated APIs removed in 1.34 (error), kubelet version skew (warning)`. */
export function insightList({ errors, warnings, undecided }: InsightFacts, t: Translate): string {
  const named = (insights: readonly Insight[], status: string): readonly string[] =>
    insights.map(({ name }) => t('{name} ({status})', { name, status }));
  return [
    ...named(errors, t('error')),
    ...named(warnings, t('warning')),
    ...named(undecided, t('not known')),
  ].join(', ');
}
