/** The content of the page of a deployment's plan. */
import * as l10n from '@vscode/l10n';
import type { Dropped } from '../../../deploy/checks/configuration';
import type { Check } from '../../../deploy/plan/all-checks';
import type { DeploymentPlan } from '../../../deploy/plan/plan';
import { present, presentItems } from '../../../model/present';
import type { Subject } from '../../../operations/operation';
import { filesWords } from '../../messages/counts';
import { checkRow } from '../../messages/deploy-remedies';
import { sizeWords } from '../../messages/phase';
import type { StepName } from '../../wizard/wizard-steps';
import { code } from '../cells';
import type { Cell, Section } from '../page';
import { configurationRows } from './configuration-rows';
import { fileSections, type ShownHow } from './deployment-files';
import { changesSection, findingWords, type PlanContent, type PlanFinding } from './plan-content';
import { requestsSection } from './requests';

/** @param plan the plan, with the values of arguments already masked in its requests. */
export function deploymentContent(plan: DeploymentPlan, how: ShownHow): PlanContent {
  const { subject } = plan;
  return {
    heading: plan.rollsBack
      ? l10n.t('Roll back {0}', { 0: subject.label })
      : l10n.t('Deploy to {0}', { 0: subject.label }),
    about: aboutOf(plan),
    findings: plan.checks.map((check) => findingOf(check, subject)),
    sections: deploymentSections(plan, how),
  };
}

/** The sections below the findings: what changes, which files, which requests. */
export function deploymentSections(plan: DeploymentPlan, how: ShownHow): readonly Section[] {
  return [
    changesSection(configurationRows(plan, how.values)),
    ...fileSections(plan, how),
    requestsSection(plan.requests),
  ];
}

function aboutOf({ subject, author, target, protection, source }: DeploymentPlan): readonly Cell[] {
  return presentItems(
    target && l10n.t('target {0}', { 0: target.name }),
    protection &&
      (protection.kind === 'unknown'
        ? l10n.t('a mistake in slipway.json hides whether it is protected')
        : l10n.t('protected')),
    l10n.t('account {0}', { 0: subject.accountId }),
    subject.region,
    l10n.t('as {0}', { 0: author.arn }),
    ...(source.kind === 'folder'
      ? [code(source.root), `${filesWords(source.files)}, ${sizeWords(source.bytes)}`]
      : []),
  );
}

/**
 * The id of the preview that compares two configurations of a target: the configuration that Slipway left, and
 * the present configuration.
 */
export function driftPreviewId({ label }: Subject): string {
  return `both:${label}`;
}

export function findingOf(check: Check, subject: Subject): PlanFinding {
  const steps = stepsOf(check);
  return {
    id: check.id,
    ...findingWords(checkRow(check)),
    ...present({
      steps,
      preview: check.code === 'drift.changed' ? driftPreviewId(subject) : undefined,
    }),
  };
}

function stepsOf(check: Check): readonly StepName[] | undefined {
  // For each part that the deployment drops, the wizard has a question in which the user can keep the part.
  if (check.code === 'dropped.some') {
    const { script, arguments: keys = [] }: Partial<Dropped> = check.facts;
    return presentItems<StepName>(
      script === undefined ? undefined : 'script',
      keys.length === 0 ? undefined : 'arguments',
    );
  }
  return check.remedy === undefined ? undefined : STEPS[check.remedy];
}

/**
 * For each remedy, the wizard's questions in which the user can correct the problem; undefined if there is no
 * such question.
 */
const STEPS: Readonly<Record<string, readonly StepName[] | undefined>> = {
  'add-bucket-policy': ['bucket'],
  'block-public-access': ['bucket'],
  'change-name': ['prefix', 'bucket'],
  'choose-bucket': ['bucket'],
  'choose-folder': ['source'],
  'choose-script': ['script'],
  'choose-zip': ['zip', 'source'],
  'edit-arguments': ['arguments'],
  'enable-versioning': ['bucket'],
  'switch-account': ['connection'],
  'use-rolling': ['strategy'],
};
