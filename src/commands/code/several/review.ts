/** The plans of several deployments in one review. */
import type { PlanInput } from '../../../deploy/plan/input';
import { severalPlansPage } from '../../../view/documents/several-plans';
import { t } from '../../../view/l10n';
import { type Answer, BACK, LEFT } from '../../../view/wizard/prompts';
import { askReview, type ReviewLine } from '../../../view/wizard/review';
import type { Ask } from '../../../view/wizard/wizard';
import { changesWords, checkRemedyWords, checkWords } from '../../../view/words/deploy';
import { makePlan } from '../plan';
import {
  askConfirmations,
  driftLook,
  driftOf,
  type Planned,
  planningWords,
  planPage,
  REPLACE,
  type ReviewDeps,
} from '../review';

/** Plans one after the other: what is read of the folder for the first is known for the others. */
export async function makePlans(
  inputs: readonly PlanInput[],
  deps: ReviewDeps,
  signal: AbortSignal,
): Promise<readonly Planned[]> {
  const planned: Planned[] = [];
  for (const input of inputs) planned.push({ input, plan: await makePlan(input, deps, signal) });
  return planned;
}

/** Nothing runs while one of them is blocked: the order would not be what was agreed to. */
export async function reviewSeveral(
  first: readonly Planned[],
  ask: Ask,
  deps: ReviewDeps,
): Promise<Answer<readonly Planned[]>> {
  let all = first;
  for (;;) {
    const plans = all.map(({ plan }) => plan);
    const isBlocked = plans.some(({ checks }) => checks.some(({ verdict }) => verdict === 'block'));
    const answer = await askReview<'replace'>(ask, {
      question: t('Deploy to {0} clusters, one after the other? Nothing has been sent yet.', {
        0: plans.length,
      }),
      ...(!isBlocked && {
        go: { label: t('Deploy'), detail: t('Stops at the first that does not end well') },
      }),
      ways: plans.some(driftOf) ? [REPLACE()] : [],
      looks: all.flatMap(({ plan }) => {
        const drift = driftOf(plan);
        return drift === undefined
          ? []
          : [{ ...driftLook(plan, drift, deps), label: t('Show both of {0}', { 0: plan.subject.label }) }];
      }),
      lines: [...clusterLines(all), ...all.flatMap(findingsOf)],
      showPlan: () =>
        deps.documents.showMarkdown(t('Plan for {0} clusters', { 0: plans.length }), () =>
          severalPlansPage(plans, (plan) => planPage(plan, deps.notify)),
        ),
    });
    if (answer === BACK || answer === LEFT) return answer;
    if (answer === 'replace') {
      const inputs = all.map(({ input, plan }) =>
        driftOf(plan) === undefined ? input : { ...input, accepted: plan.current.configuration },
      );
      const again = await ask.prompts.wait(ask.heading, planningWords(), (signal) =>
        makePlans(inputs, deps, signal),
      );
      if (again === LEFT) return LEFT;
      if (again !== BACK) all = again;
      continue;
    }
    const confirmed = await confirmAll(all, ask);
    if (confirmed === true) return all;
    if (confirmed === LEFT) return LEFT;
  }
}

async function confirmAll(all: readonly Planned[], ask: Ask): Promise<Answer<true>> {
  for (const { plan } of all) {
    const confirmed = await askConfirmations(plan, ask);
    if (confirmed !== true) return confirmed;
  }
  return true;
}

function clusterLines(all: readonly Planned[]): readonly ReviewLine[] {
  return all.map(({ plan }, index) => ({
    label: `${index + 1}. ${plan.subject.label}`,
    description: `${changesWords(plan.changes, t)} · ${plan.strategy}`,
    icon: 'database',
    group: t('In this order'),
  }));
}

/** Passed checks of many clusters would hide the others. */
function findingsOf({ plan }: Planned): readonly ReviewLine[] {
  const looks = { block: 'error', warn: 'warning' } as const;
  return plan.checks.flatMap((check) =>
    check.verdict === 'pass'
      ? []
      : [
          {
            label: checkWords(check, t),
            ...(check.remedy && { detail: checkRemedyWords(check.remedy, t) }),
            icon: looks[check.verdict],
            group: plan.subject.label,
          },
        ],
  );
}
