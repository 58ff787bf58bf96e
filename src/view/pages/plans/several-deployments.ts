/**
 * The plans of several deployments on one page: the findings of all plans, a table with a row for each
 * plan, then each plan in full.
 */
import * as l10n from '@vscode/l10n';
import type { DeploymentPlan } from '../../../deploy/plan/plan';
import { worst } from '../../../plan/verdict';
import { changesWords } from '../../messages/deploy';
import { verdictWord } from '../../messages/verdicts';
import { sign } from '../cells';
import type { Section } from '../page';
import { deploymentSections, findingOf } from './deployment';
import type { ShownHow } from './deployment-files';
import { changesSection, type PlanContent } from './plan-content';
import { VERDICT_TONES } from './plan-page';

/** @param plans the plans, with the values of arguments already masked in their requests. */
export function severalDeploymentsContent(plans: readonly DeploymentPlan[], how: ShownHow): PlanContent {
  return {
    heading: l10n.t('Deploy to {0} clusters', { 0: plans.length }),
    about: [l10n.t('one after the other, stopping at the first that does not end well')],
    findings: plans.flatMap((plan) =>
      plan.checks.map((check) => {
        const finding = findingOf(check, plan.subject);
        // The wizard's questions are about all deployments: none of them corrects a finding of just one
        // deployment.
        return { ...finding, title: `${plan.subject.label}: ${finding.title}`, steps: [] };
      }),
    ),
    sections: [
      severalChanges(plans),
      ...plans.map((plan, at): Section => {
        const sections = deploymentSections(plan, how);
        return {
          id: `plan-${at}`,
          heading: plan.subject.label,
          fold: 'closed',
          blocks: [
            {
              kind: 'sections',
              sections: sections.map((section) => ({ ...section, id: `plan-${at}-${section.id}` })),
            },
          ],
        };
      }),
    ],
  };
}

function severalChanges(plans: readonly DeploymentPlan[]): Section {
  const rows = plans.map(({ subject, changes, strategy, checks }, at) => {
    const verdict = worst(checks);
    return {
      cells: [
        `${at + 1}. ${subject.label}`,
        changesWords(changes),
        strategy,
        sign(VERDICT_TONES[verdict], verdictWord(verdict)),
      ],
    };
  });
  return changesSection(rows, [l10n.t('Cluster'), l10n.t('Files'), l10n.t('Strategy'), l10n.t('Checks')]);
}
