/** The review of an update of several node groups: one line for each group, and the whole plan after a click. */
import * as l10n from '@vscode/l10n';
import { missingActions } from '../../../nodegroup/plan/plan';
import type { LeftOutRow } from '../../../nodegroup/several/rows';
import { checkNotice, leftOutWords, notPlannedWords, updateChanges } from '../../../view/messages/nodegroup';
import {
  type SeveralNodegroups,
  severalNodegroupsContent,
} from '../../../view/pages/plans/several-nodegroups';
import { askReview, type ReviewLine } from '../../../view/wizard/review';
import type { Ask, StepAnswer } from '../../../view/wizard/wizard-steps';
import { updateRequest } from '../../copy-requests';
import { titlesOf } from '../check-lines';
import type { NodegroupDeps } from '../deps';
import { howRows, howWords, type PlannedRow } from './how';
import { plannedIn, runnableIn, type SeveralAnswers, severalLabel } from './runnable';

export async function reviewSeveral(
  answers: SeveralAnswers,
  ask: Ask,
  { reviews, copyRequests }: NodegroupDeps,
): Promise<StepAnswer<true>> {
  const runnable = runnableIn(answers);
  const count = runnable.rows.length;
  const label = severalLabel(runnable.rows);
  const plans = new Map(plannedIn(answers.rows).map((row) => [row.key, row]));
  const planned = runnable.rows.flatMap(({ key }) => plans.get(key) ?? []);
  const several: SeveralNodegroups = {
    label,
    how: howWords(answers.how),
    planned: planned.map(({ key, plan }) => ({ label: labelOfKey(key), plan })),
    leftOut: runnable.leftOut.map((one) => ({ label: labelOfKey(one.row.key), why: whyLeftOut(one) })),
    missing: missingActions(planned.flatMap(({ plan }) => plan.checks)),
  };
  return askReview<never>(ask, {
    question:
      count === 0
        ? l10n.t('No node group can be updated. Go back and choose others.')
        : l10n.t('Update {0}? Nothing has been sent yet.', { 0: label }),
    ...(count > 0 && {
      go: { label: l10n.t('Update {0}', { 0: label }) },
    }),
    lines: [
      ...(count > 0
        ? howRows(answers.how).map(({ value: _, ...row }) => ({ ...row, group: l10n.t('How') }))
        : []),
      ...planned.map(plannedLine),
      ...several.leftOut.map(leftOutLine),
    ],
    page: reviews.page({
      of: 'several-nodegroups',
      connectionId: answers.connection.id,
      path: [],
      title: l10n.t('Plan for {0}', { 0: label }),
      content: severalNodegroupsContent(several),
      ...(planned.length > 0 && {
        copy: () =>
          copyRequests([
            { connection: answers.connection, requests: planned.map(({ plan }) => updateRequest(plan)) },
          ]),
      }),
    }),
  });
}

function labelOfKey(key: string): string {
  return key.replace('/', ' / ');
}

function whyLeftOut({ row, decision }: LeftOutRow): string {
  if (row.kind === 'not-planned') return notPlannedWords(row.why);
  return decision === undefined ? '' : leftOutWords(decision.kind, titlesOf(decision.checks));
}

function plannedLine({ key, plan }: PlannedRow): ReviewLine {
  const { checks } = plan;
  const notable = checks.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'unknown');
  return {
    label: labelOfKey(key),
    description: updateChanges(plan),
    ...(notable.length > 0 && { detail: notable.map((check) => checkNotice(check)).join(', ') }),
    icon: notable.length > 0 ? 'warning' : 'pass',
    group: l10n.t('Updated'),
  };
}

function leftOutLine({ label, why }: SeveralNodegroups['leftOut'][number]): ReviewLine {
  return { label, detail: why, icon: 'circle-slash', group: l10n.t('Left out') };
}
