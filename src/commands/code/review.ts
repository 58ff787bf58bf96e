/**
 * The last steps of a deployment or rollback of one target: make the plan, show it, and let the user decide.
 * The review of several deployments shares parts of them.
 */

import * as l10n from '@vscode/l10n';
import type { Check } from '../../deploy/plan/all-checks';
import type { PlanInput } from '../../deploy/plan/input';
import type { DeploymentPlan } from '../../deploy/plan/plan';
import { masked } from '../../model/masked';
import { present } from '../../model/present';
import { decisionOf } from '../../plan/verdict';
import type { ReadOnlyDocuments } from '../../view/documents/read-only';
import { changesWords } from '../../view/messages/deploy';
import { checkWords } from '../../view/messages/deploy-checks';
import { confirmWords } from '../../view/messages/deploy-confirmations';
import { checkRemedyWords } from '../../view/messages/deploy-remedies';
import type { Notifier } from '../../view/notify';
import { deploymentContent, driftPreviewId } from '../../view/pages/plans/deployment';
import type { ShownHow } from '../../view/pages/plans/deployment-files';
import type { PlanContent } from '../../view/pages/plans/plan-content';
import type { PlanReviews } from '../../view/pages/plans/review-page';
import { type CheckText, checkLines } from '../../view/wizard/check-lines';
import { BACK, LEFT } from '../../view/wizard/prompts';
import {
  type Agreement,
  askReview,
  type Override,
  type PlanPage,
  type Preview,
  type Review,
} from '../../view/wizard/review';
import {
  type Ask,
  into,
  isExit,
  question,
  reading,
  type StepAnswer,
  type WizardStep,
} from '../../view/wizard/wizard-steps';
import type { CopiedPlan, CopyRequests } from '../copy-requests';
import { countOfChanges, type Difference, onlyFile, showChanges, showConfigurations, sideOf } from './diffs';
import { makePlan, type PlanDeps } from './plan';
import { answersOf } from './review-answers';

/** A plan, and the input from which it was made. */
export interface Planned {
  readonly input: PlanInput;
  readonly plan: DeploymentPlan;
}

export interface ReviewDeps extends PlanDeps {
  readonly documents: ReadOnlyDocuments;
  readonly notify: Notifier;
  readonly reviews: PlanReviews;
  readonly copyRequests: CopyRequests;
}

/** What the planning step needs: the function that makes the input of the plan. */
export interface ToPlan {
  readonly inputOf: (signal: AbortSignal) => Promise<PlanInput>;
}

export function planStep(deps: PlanDeps): WizardStep<ToPlan, Planned> {
  return reading(planningWords(), async ({ inputOf }, signal) => {
    const input = await inputOf(signal);
    return { input, plan: await makePlan(input, deps, signal) };
  });
}

/**
 * The step that shows a plan and answers with the plan that the user agreed to: a new one, if the user chose
 * to replace changes by somebody else.
 * @param first whether the user is asked in the list or on the page of the plan at first
 */
export function reviewStep(
  deps: ReviewDeps,
  first: 'list' | 'page' = 'list',
): WizardStep<Planned, { readonly agreed: Planned }> {
  return question(async ({ input, plan }, ask) =>
    into(await reviewDeployment({ input, plan }, ask, deps, first), (agreed) => ({ agreed })),
  );
}

export function planningWords(): string {
  return l10n.t('Planning: reading the cluster, the folder and what is deployed…');
}

/**
 * Shows the plan and asks for its confirmations. Where somebody else has changed the cluster, the user may
 * agree to replace that change; then a new plan is made and shown.
 */
async function reviewDeployment(
  start: Planned,
  ask: Ask,
  deps: ReviewDeps,
  first: 'list' | 'page',
): Promise<StepAnswer<Planned>> {
  let planned = start;
  for (;;) {
    const { input, plan } = planned;
    const drift = driftOf(plan);
    const review: Review<'replace'> = {
      question: plan.rollsBack
        ? l10n.t('Roll back {0}? Nothing has been sent yet.', { 0: plan.subject.label })
        : l10n.t('Deploy to {0}? Nothing has been sent yet.', { 0: plan.subject.label }),
      ...(mayGo(plan) && {
        go: {
          label: goLabel([plan]),
          detail: goWords(plan),
          agreements: agreementsOf(plan),
        },
      }),
      overrides: replacing([plan]),
      previews: [
        ...(drift === undefined ? [] : [driftPreview(plan, drift, deps)]),
        ...changesPreview(planned, deps),
      ],
      lines: checkLines(plan.checks, checkText),
      answers: answersOf(planned),
      page: pageOf(planned, deps),
    };
    const answer = await askReview(ask, review, first);
    if (isExit(answer)) return answer;
    if (answer === true) return agreedTo(planned);
    const accepted = { ...input, accepted: plan.current.configuration };
    const again = await ask.prompts.wait(ask.heading, planningWords(), (signal) =>
      makePlan(accepted, deps, signal),
    );
    if (again === LEFT) return LEFT;
    if (again !== BACK) planned = { input: accepted, plan: again };
  }
}

/**
 * The label of the choice that carries the plans out; it says whether a check of any plan asks for a
 * confirmation.
 */
export function goLabel(plans: readonly DeploymentPlan[]): string {
  const isAsked = plans.some((plan) => agreementsOf(plan).length > 0);
  if (plans.some(({ rollsBack }) => rollsBack))
    return isAsked ? l10n.t('Confirm and Roll Back…') : l10n.t('Roll back');
  return isAsked ? l10n.t('Confirm and Deploy…') : l10n.t('Deploy');
}

/** The confirmations of a plan. The confirmation of a drift is left out, since it leads to a new plan. */
export function agreementsOf(plan: DeploymentPlan): readonly Agreement[] {
  return agreementsFor(plan, ({ code }) => code !== CHANGED);
}

function agreementsFor(plan: DeploymentPlan, isMeant: (check: Check) => boolean): readonly Agreement[] {
  return plan.confirmations.flatMap(({ check: id, typed }) =>
    plan.checks
      .filter((check) => check.id === id && check.verdict === 'confirm' && isMeant(check))
      .map((check) => ({ prompt: confirmWords(check, plan), ...present({ typed }) })),
  );
}

/** The plan with all of its confirmations recorded as given. */
export function agreedTo(planned: Planned): Planned {
  const { plan } = planned;
  return { ...planned, plan: { ...plan, passed: plan.confirmations.map(({ check }) => check) } };
}

/** Returns true if the plan can be carried out: it finds no drift, and no check stops it. */
export function mayGo(plan: DeploymentPlan): boolean {
  return driftOf(plan) === undefined && decisionOf(plan.checks).kind !== 'stop';
}

function pageOf(planned: Planned, deps: ReviewDeps): PlanPage<'replace'> {
  const { plan } = planned;
  const { connectionId, path, label } = plan.subject;
  const difference = differenceOf(planned);
  return deps.reviews.page({
    of: 'code',
    connectionId,
    path,
    title: l10n.t('Plan for {0}', { 0: label }),
    content: contentOf(plan, deps, { files: difference !== undefined, values: true }),
    kept: contentOf(plan, deps, { files: false, values: false }),
    copy: () => deps.copyRequests([copiedPlan(planned)]),
    ...(difference && { showFile: (file) => showChanges(onlyFile(difference, file), deps.documents) }),
  });
}

/** The plan in the form that "Copy as CLI" needs. */
export function copiedPlan({ plan, input }: Planned): CopiedPlan {
  return { connection: input.destination.connection, requests: plan.requests };
}

/** The content of the page of a plan. */
export function contentOf(
  plan: DeploymentPlan,
  { notify }: Pick<ReviewDeps, 'notify'>,
  how: Pick<ShownHow, 'files' | 'values'>,
): PlanContent {
  return deploymentContent(withMaskedRequests(plan), {
    ...how,
    failureWords: (failure) => notify.words(failure),
  });
}

/** The plan with masked argument values in its requests, since the page shows the requests in full. */
export function withMaskedRequests(plan: DeploymentPlan): DeploymentPlan {
  const requests = plan.requests.map((request) => ({
    ...request,
    input: masked(request.input) as typeof request.input,
  }));
  return { ...plan, requests };
}

/**
 * `code` of the check that finds a change by somebody else, which is replaced only after the user has agreed.
 */
const CHANGED = 'drift.changed';

type DriftCheck = Extract<Check, { code: typeof CHANGED }>;

export function driftOf({ checks }: DeploymentPlan): DriftCheck | undefined {
  return checks.find((check): check is DriftCheck => check.code === CHANGED);
}

/**
 * The choice to replace other people's changes on the clusters of these plans; none where there are no such changes.
 */
export function replacing(plans: readonly DeploymentPlan[]): readonly Override<'replace'>[] {
  const [first, ...others] = plans.flatMap((plan) => agreementsFor(plan, ({ code }) => code === CHANGED));
  if (first === undefined) return [];
  return [
    {
      value: 'replace',
      label: l10n.t('Replace It…'),
      detail: l10n.t('Plans again, with the change by somebody else going to be lost'),
      icon: 'replace',
      agreements: [first, ...others],
    },
  ];
}

export function driftPreview(
  plan: DeploymentPlan,
  { facts }: DriftCheck,
  { documents }: Pick<ReviewDeps, 'documents'>,
): Preview {
  return {
    id: driftPreviewId(plan.subject),
    label: l10n.t('Show Both'),
    detail: l10n.t('What Slipway left on the cluster beside what is there now'),
    icon: 'diff',
    show: () =>
      showConfigurations(
        plan.subject.label,
        { name: l10n.t('as Slipway left it'), configuration: facts.left },
        { name: l10n.t('as it is now'), configuration: plan.current.configuration },
        documents,
      ),
  };
}

function changesPreview(planned: Planned, { documents }: Pick<ReviewDeps, 'documents'>): readonly Preview[] {
  const difference = differenceOf(planned);
  if (difference === undefined) return [];
  return [
    {
      id: 'compare',
      label: l10n.t('Show the differences'),
      detail: changesWords(difference.changes),
      icon: 'git-compare',
      show: () => showChanges(difference, documents),
    },
  ];
}

/**
 * The files that the plan changes, before and after; undefined where no file differs, or where the
 * differences are not known.
 */
function differenceOf({ input, plan }: Planned): Difference | undefined {
  const { changes, current, subject } = plan;
  const at = current.configuration.code;
  if (changes.kind !== 'known' || countOfChanges(changes) === 0 || at === undefined) return undefined;
  const { connection } = input.destination;
  return {
    title: l10n.t('Deployed on {0} ↔ Planned', { 0: subject.label }),
    changes,
    before: { kind: 'zip', connection, at },
    after: sideOf(input.source, connection),
  };
}

function goWords({ changes, strategy }: DeploymentPlan): string {
  return changes.kind === 'not-compared' ? strategy : `${changesWords(changes)} · ${strategy}`;
}

/** The sentence of a check, and its remedy. */
export function checkText(check: Check): CheckText {
  const remedy = checkRemedyWords(check);
  return { label: checkWords(check), ...present({ detail: remedy }) };
}
