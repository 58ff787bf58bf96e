/** The plans of several deployments as one page: all of them in a table, then each as a page of its own. */
import * as l10n from '@vscode/l10n';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import { worst } from '../../plan/verdict';
import { page, plain, table } from '../markdown';
import { changesWords } from '../messages/deploy';
import { verdictSign } from '../messages/verdicts';

/** @param pageOf the page of one plan. */
export function severalPlansPage(
  plans: readonly DeploymentPlan[],
  pageOf: (plan: DeploymentPlan) => string,
): string {
  return page([
    `# ${l10n.t('Deploy to {0} clusters', { 0: plans.length })}`,
    l10n.t('One after the other, stopping at the first that does not end well.'),
    table(
      ['', l10n.t('Cluster'), l10n.t('Files'), l10n.t('Strategy'), l10n.t('Checks')],
      plans.map((plan, index) => [
        String(index + 1),
        plain(plan.subject.label),
        plain(changesWords(plan.changes)),
        plain(plan.strategy),
        verdictSign(worst(plan.checks)),
      ]),
    ),
    ...plans.flatMap((plan) => ['---', pageOf(plan)]),
  ]);
}
