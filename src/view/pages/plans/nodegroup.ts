/** The plan of a node group update. */
import * as l10n from '@vscode/l10n';
import { visibleJson } from '../../../model/visible-text';
import type { Check, CheckId } from '../../../nodegroup/checks/all-checks';
import type { NodegroupPlan } from '../../../nodegroup/plan/plan';
import { checkRow, paceWords } from '../../messages/nodegroup';
import type { StepName } from '../../wizard/step-names';
import { code, muted } from '../cells';
import type { Cell, Section, TableRow } from '../page';
import { findingWords, type PlanContent, type PlanFinding } from './plan-content';

/** @param label the node group as the user knows it: `trading-prod / spot`. */
export function nodegroupContent(label: string, plan: NodegroupPlan): PlanContent {
  return {
    heading: l10n.t('Update {0}', { 0: label }),
    about: [code(plan.arn)],
    findings: plan.checks.map(findingOf),
    sections: [changesSection(plan), requestSection(plan.request)],
  };
}

function changesSection({ before, after, pace }: NodegroupPlan): Section {
  const ownAmi = l10n.t("the template's own AMI");
  const rows: readonly TableRow[] = [
    row(l10n.t('Kubernetes'), before.version, after.version, after.ownAmi ? ownAmi : l10n.t('as it is')),
    row(
      l10n.t('AMI release'),
      before.releaseVersion,
      after.releaseVersion,
      after.ownAmi ? ownAmi : l10n.t('the newest, chosen by AWS'),
    ),
    ...(before.template === undefined
      ? []
      : [
          row(
            l10n.t('Launch template {0}', { 0: before.template }),
            before.templateVersion,
            after.templateVersion?.toString(),
            l10n.t('as it is'),
          ),
        ]),
  ];
  return {
    id: 'changes',
    heading: l10n.t('What changes'),
    blocks: [
      {
        kind: 'table',
        caption: l10n.t('What changes'),
        head: [l10n.t('Setting'), l10n.t('Now'), l10n.t('Then')],
        rows,
      },
      { kind: 'text', text: paceWords(pace), look: 'muted' },
    ],
  };
}

function row(name: string, now: string | undefined, then: string | undefined, otherwise: string): TableRow {
  const nowCell: Cell = now === undefined ? muted(l10n.t('not shown')) : code(now);
  if (then === undefined) return { cells: [name, nowCell, muted(otherwise)] };
  return now === then
    ? { cells: [name, nowCell, muted(l10n.t('as it is'))] }
    : { cells: [name, nowCell, code(then)], strong: true };
}

export function findingOf(check: Check): PlanFinding {
  const steps = check.remedy === 'choose-again' ? STEPS[check.id] : undefined;
  return {
    id: check.id,
    ...findingWords(checkRow(check)),
    ...(steps && { steps }),
    ...(check.remedy && { preview: check.remedy }),
  };
}

/** The questions of the wizard that the remedy "choose again" of a check means. */
const STEPS: { readonly [Id in CheckId]?: readonly StepName[] } = {
  change: ['version', 'release', 'template'],
  downgrade: ['release', 'version'],
  drain: ['force'],
  'launch-template': ['template'],
  release: ['release'],
  support: ['version'],
};

/** Exactly what is sent. */
export function requestSection(request: object): Section {
  return {
    id: 'requests',
    heading: l10n.t('Request'),
    note: l10n.t('exactly as it is sent, with a token that makes sure that it is carried out once'),
    fold: 'closed',
    blocks: [
      {
        kind: 'source',
        name: l10n.t('Request'),
        text: visibleJson(JSON.stringify(request, null, 2)),
      },
    ],
  };
}
