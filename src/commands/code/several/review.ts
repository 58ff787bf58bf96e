/** Makes the plans of several deployments, and reviews them together. */
import * as l10n from '@vscode/l10n';
import type { PlanInput } from '../../../deploy/plan/input';
import { changesWords } from '../../../view/messages/deploy';
import type { ShownHow } from '../../../view/pages/plans/deployment-files';
import { severalDeploymentsContent } from '../../../view/pages/plans/several-deployments';
import { checkLines } from '../../../view/wizard/check-lines';
import { BACK, LEFT } from '../../../view/wizard/prompts';
import {
  askReview,
  type PlanPage,
  type Review,
  type ReviewAnswer,
  type ReviewLine,
} from '../../../view/wizard/review';
import { type Ask, isExit, type StepAnswer } from '../../../view/wizard/wizard-steps';
import { makePlan } from '../plan';
import {
  agreedTo,
  agreementsOf,
  checkText,
  copiedPlan,
  driftOf,
  driftPreview,
  goLabel,
  mayGo,
  type Planned,
  planningWords,
  type ReviewDeps,
  replacing,
  withMaskedRequests,
} from '../review';

/** Makes the plans one after the other, so that the folder is read for the first plan only. */
export async function makePlans(
  inputs: readonly PlanInput[],
  deps: ReviewDeps,
  signal: AbortSignal,
): Promise<readonly Planned[]> {
  const planned: Planned[] = [];
  for (const input of inputs) planned.push({ input, plan: await makePlan(input, deps, signal) });
  return planned;
}

/**
 * Shows all plans together, and resolves with the plans that the user agreed to. As long as one of the plans
 * cannot be carried out, none can: a batch without it would not have the order that the user chose.
 */
export async function reviewSeveral(
  first: readonly Planned[],
  ask: Ask,
  deps: ReviewDeps,
): Promise<StepAnswer<readonly Planned[]>> {
  let all = first;
  for (;;) {
    const plans = all.map(({ plan }) => plan);
    const review: Review<'replace'> = {
      question: l10n.t('Deploy to {0} clusters, one after the other? Nothing has been sent yet.', {
        0: plans.length,
      }),
      ...(plans.every(mayGo) && {
        go: {
          label: goLabel(plans),
          detail: l10n.t('Stops at the first that does not end well'),
          agreements: plans.flatMap(agreementsOf),
        },
      }),
      overrides: replacing(plans),
      previews: all.flatMap(({ plan }) => {
        const drift = driftOf(plan);
        return drift === undefined
          ? []
          : [
              {
                ...driftPreview(plan, drift, deps),
                label: l10n.t('Show both of {0}', { 0: plan.subject.label }),
              },
            ];
      }),
      lines: [...clusterLines(all), ...all.flatMap(findingsOf)],
      answers: answersOf(all),
      page: pageOf(all, deps),
    };
    const answer = await askReview(ask, review);
    if (isExit(answer)) return answer;
    if (answer === true) return all.map(agreedTo);
    const inputs = all.map(({ input, plan }) =>
      driftOf(plan) === undefined ? input : { ...input, accepted: plan.current.configuration },
    );
    const again = await ask.prompts.wait(ask.heading, planningWords(), (signal) =>
      makePlans(inputs, deps, signal),
    );
    if (again === LEFT) return LEFT;
    if (again !== BACK) all = again;
  }
}

function pageOf(all: readonly Planned[], deps: ReviewDeps): PlanPage<'replace'> {
  const plans = all.map(({ plan }) => withMaskedRequests(plan));
  const how = (values: boolean): ShownHow => ({
    failureWords: (failure) => deps.notify.words(failure),
    files: false,
    values,
  });
  return deps.reviews.page({
    of: 'several-deployments',
    connectionId: plans[0]?.subject.connectionId ?? '',
    path: [],
    title: l10n.t('Plan for {0} clusters', { 0: plans.length }),
    content: severalDeploymentsContent(plans, how(true)),
    kept: severalDeploymentsContent(plans, how(false)),
    copy: () => deps.copyRequests(all.map(copiedPlan)),
  });
}

function clusterLines(all: readonly Planned[]): readonly ReviewLine[] {
  return all.map(({ plan }, index) => ({
    label: `${index + 1}. ${plan.subject.label}`,
    description: `${changesWords(plan.changes)} · ${plan.strategy}`,
    icon: 'database',
    group: l10n.t('In this order'),
  }));
}

/**
 * The answers for the whole batch. Source, bucket, prefix and strategy are those of the plans without a target,
 * since a target has its own.
 */
function answersOf(all: readonly Planned[]): readonly ReviewAnswer[] {
  const places = all.filter(({ input }) => input.target === undefined);
  const each = (of: (planned: Planned) => string): string => [...new Set(places.map(of))].join(', ');
  const order = all.map(({ plan }) => plan.subject.label).join(', ');
  return [
    { step: 'connection', label: l10n.t('Where'), value: order },
    {
      step: 'source',
      label: l10n.t('What'),
      value: each(({ input: { source } }) =>
        source.kind === 'folder' ? source.request.root : l10n.t('a zip in S3'),
      ),
    },
    { step: 'bucket', label: l10n.t('Bucket'), value: each(({ input }) => input.destination.bucket) },
    {
      step: 'prefix',
      label: l10n.t('Folder in the bucket'),
      value: each(({ input }) => input.destination.prefix || l10n.t('none')),
    },
    { step: 'strategy', label: l10n.t('Strategy'), value: each(({ plan }) => plan.strategy) },
    { step: 'order', label: l10n.t('Order'), value: order },
  ];
}

/**
 * The checks of a plan that the review lists. Passed checks are left out: those of many clusters would hide
 * the other findings.
 */
function findingsOf({ plan }: Planned): readonly ReviewLine[] {
  const notable = plan.checks.filter(({ verdict }) => verdict !== 'pass');
  return checkLines(notable, checkText, plan.subject.label);
}
