/** The plans of several deployments as one page: all of them in a table, then each as a page of its own. */
import type { DeploymentPlan } from '../../deploy/plan/plan';
import { t } from '../l10n';
import { changesWords } from '../words/deploy';
import { verdictSign } from './deployment-plan';
import { page, plain, table } from './markdown';

/** @param pageOf the page of one plan. */
export function severalPlansPage(
  plans: readonly DeploymentPlan[],
  pageOf: (plan: DeploymentPlan) => string,
): string {
  return page([
    `# ${t('Deploy to {0} clusters', { 0: plans.length })}`,
    t('One after the other, stopping at the first that does not end well.'),
    table(
      ['', t('Cluster'), t('Files'), t('Strategy'), t('Checks')],
      plans.map((plan, index) => [
        String(index + 1),
        plain(plan.subject.label),
        plain(changesWords(plan.changes, t)),
        plain(plan.strategy),
        verdictSign(worstOf(plan)),
      ]),
    ),
    ...plans.flatMap((plan) => ['---', pageOf(plan)]),
  ]);
}

function worstOf({ checks }: DeploymentPlan): 'pass' | 'warn' | 'block' {
  const verdicts = checks.map(({ verdict }) => verdict);
  return verdicts.includes('block') ? 'block' : verdicts.includes('warn') ? 'warn' : 'pass';
}
