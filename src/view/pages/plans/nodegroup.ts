/** The content of the page of a node group update's plan. */
import * as l10n from '@vscode/l10n';
import { present, presentItems } from '../../../model/present';
import type { Check, CheckId } from '../../../nodegroup/checks/all-checks';
import type { NodegroupPlan } from '../../../nodegroup/plan/plan';
import { checkRow, paceWords } from '../../messages/nodegroup';
import type { StepName } from '../../wizard/wizard-steps';
import { jsonBlock, mutedText } from '../blocks';
import { code, muted } from '../cells';
import type { Cell, Section, TableRow } from '../page';
import { changesSection, findingWords, type PlanContent, type PlanFinding } from './plan-content';

/** @param label the node group's label: `trading-prod / spot`. */
export function nodegroupContent(label: string, plan: NodegroupPlan): PlanContent {
  return {
    heading: l10n.t('Update {0}', { 0: label }),
    about: [code(plan.arn)],
    findings: plan.checks.map(findingOf),
    sections: [nodegroupChanges(plan), requestSection(plan.request)],
  };
}

function nodegroupChanges({ before, after, pace }: NodegroupPlan): Section {
  const ownAmi = l10n.t("the template's own AMI");
  const rows = presentItems(
    row(l10n.t('Kubernetes'), before.version, after.version, after.ownAmi ? ownAmi : l10n.t('as it is')),
    row(
      l10n.t('AMI release'),
      before.releaseVersion,
      after.releaseVersion,
      after.ownAmi ? ownAmi : l10n.t('the newest, chosen by AWS'),
    ),
    before.template === undefined
      ? undefined
      : row(
          l10n.t('Launch template {0}', { 0: before.template }),
          before.templateVersion,
          after.templateVersion?.toString(),
          l10n.t('as it is'),
        ),
  );
  return changesSection(rows, undefined, mutedText(paceWords(pace)));
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
    ...present({ steps, preview: check.remedy }),
  };
}

/** For each check, the wizard's questions to which the remedy "choose again" leads back. */
const STEPS: { readonly [Id in CheckId]?: readonly StepName[] } = {
  change: ['version', 'release', 'template'],
  downgrade: ['release', 'version'],
  drain: ['force'],
  'launch-template': ['template'],
  release: ['release'],
  support: ['version'],
};

/** The request, exactly as it is sent. */
export function requestSection(request: object): Section {
  return {
    id: 'requests',
    heading: l10n.t('Request'),
    note: l10n.t('exactly as it is sent, with a token that makes sure that it is carried out once'),
    fold: 'closed',
    blocks: [jsonBlock(l10n.t('Request'), request)],
  };
}
