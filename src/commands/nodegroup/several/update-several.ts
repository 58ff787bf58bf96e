/** "Update Several Node Groups…": choose, plan all of them, agree once, run them as one batch. */

import * as l10n from '@vscode/l10n';
import type { Json } from '../../../model/json';
import type { Goal } from '../../../nodegroup/choice/options';
import { planSeveral, type SeveralRow } from '../../../nodegroup/several/plan';
import type { PlannedOperation } from '../../../operations/operation';
import { decisionOf } from '../../../plan/verdict';
import { confirmationWords } from '../../../view/messages/nodegroup';
import { BACK, LEFT } from '../../../view/wizard/prompts';
import { type Agreement, askAgreements } from '../../../view/wizard/review';
import { runWizard, wizard } from '../../../view/wizard/wizard';
import { answered, into, question, reading, type WizardStep } from '../../../view/wizard/wizard-steps';
import { requireTrust } from '../../trust';
import { passedBy, titlesOf } from '../check-lines';
import type { NodegroupDeps } from '../deps';
import { ledgerPlace } from '../place';
import { forceStep } from '../update-steps';
import { askHow, type PlannedRow, usualHow } from './how';
import { type KnownNames, type NamesAnswers, namesSteps } from './names';
import { reviewSeveral } from './review';
import { clustersOf, plannedIn, runnableIn, type SeveralAnswers, severalLabel } from './runnable';

/** @param known the answers that need not be asked for. */
export async function updateSeveral(known: KnownNames, deps: NodegroupDeps): Promise<void> {
  requireTrust();
  const steps = wizard()
    .and(namesSteps(deps, known))
    .and(goalStep)
    .and(forceStep)
    .and(planStep(deps))
    .branch(['rows'], ({ rows }) => passedStep(waiting(rows)), 1)
    .and(howStep)
    .and(
      question(async (answers: SeveralAnswers, ask) =>
        into(await reviewSeveral(answers, ask, deps), () => ({ agreed: true })),
      ),
    );
  const answers = await runWizard(l10n.t('Update Several Node Groups'), steps, {}, deps.prompts);
  if (answers) await run(answers, deps);
}

const goalStep = question<object, Pick<SeveralAnswers, 'goal'>>(async (_answers, { prompts, heading }) =>
  into(
    await prompts.pick<Goal>(heading, {
      placeholder: l10n.t('Choose where to bring them'),
      choices: [
        {
          value: 'control-plane-version',
          label: l10n.t("The control plane's version"),
          detail: l10n.t('Kubernetes as in each cluster, with the newest AMI release for it'),
          icon: 'arrow-up',
        },
        {
          value: 'newest-release',
          label: l10n.t('The newest AMI release'),
          detail: l10n.t('Kubernetes stays as it is in each node group'),
          icon: 'sparkle',
        },
      ],
    }),
    (goal) => ({ goal }),
  ),
);

function planStep({
  attentionSources,
  ports,
  clock,
}: NodegroupDeps): WizardStep<
  NamesAnswers & Pick<SeveralAnswers, 'goal' | 'force'>,
  Pick<SeveralAnswers, 'place' | 'rows'>
> {
  return reading(
    l10n.t('Planning: reading the clusters and node groups…'),
    async ({ connection, names, goal, force }, signal) => ({
      place: await ledgerPlace(connection, ports),
      rows: await planSeveral(
        await attentionSources.sources(connection),
        names,
        { goal, force },
        clock.now(),
        signal,
      ),
    }),
  );
}

/** The plans with checks that the user has to override first. */
function waiting(rows: readonly SeveralRow[]): readonly PlannedRow[] {
  return plannedIn(rows).filter(({ plan }) => decisionOf(plan.checks).kind === 'ask');
}

/** Asks whether the user overrides the checks of the plans; skipped if `all` is empty. */
function passedStep(all: readonly PlannedRow[]): WizardStep<object, Pick<SeveralAnswers, 'passed'>> {
  if (all.length === 0) return answered({ passed: [] });
  return question(async (_answers, ask) => {
    const checks = [...new Set(all.flatMap(({ plan }) => passedBy(plan)))];
    const titles = titlesOf(checks);
    for (;;) {
      const goesOn = await ask.prompts.pick<boolean>(ask.heading, {
        placeholder: confirmationWords(all.length, titles),
        choices: [
          { value: false, label: l10n.t('Leave them out'), icon: 'shield' },
          {
            value: true,
            label: l10n.t('Update them anyway…'),
            detail: l10n.t('Goes on past: {0}', { 0: titles }),
            icon: 'warning',
          },
        ],
      });
      if (goesOn === BACK || goesOn === LEFT) return goesOn;
      if (!goesOn) return { passed: [] };
      const agreed = await askAgreements(ask, agreementsTo(all, titles));
      if (agreed === LEFT) return LEFT;
      if (agreed === true) return { passed: checks };
    }
  });
}

/** The user types the name of the node group if there is only one, or else the name of each cluster. */
function agreementsTo(all: readonly PlannedRow[], titles: string): readonly Agreement[] {
  const [only, ...others] = all;
  if (only && others.length === 0) {
    const prompt = l10n.t('This goes on past: {0}. Type the name of the node group to go on.', { 0: titles });
    return [{ prompt, typed: only.plan.request.nodegroupName }];
  }
  return [...new Set(all.map(({ group }) => group))].map((cluster) => ({
    prompt: l10n.t('This goes on past: {0}. Type the name of the cluster {1} to go on.', {
      0: titles,
      1: cluster,
    }),
    typed: cluster,
  }));
}

const howStep = question<Pick<SeveralAnswers, 'rows' | 'passed' | 'place'>, Pick<SeveralAnswers, 'how'>>(
  async (answers, ask) => {
    const { rows } = runnableIn(answers);
    const keys = new Set(rows.map(({ key }) => key));
    const planned = plannedIn(answers.rows).filter(({ key }) => keys.has(key));
    return into(await askHow(ask, planned, usualHow(planned)), (how) => ({ how }));
  },
);

async function run(answers: SeveralAnswers, deps: NodegroupDeps): Promise<void> {
  const { how, place, connection, goal, force } = answers;
  const { rows, leftOut } = runnableIn(answers);
  const clusters = clustersOf(rows);
  const summary: Json = {
    goal,
    force,
    order: how.order,
    passed: answers.passed,
    leftOut: leftOut.map(({ row, decision }) => ({
      key: row.key,
      ...(row.kind === 'not-planned' ? { why: row.why.code } : { blocks: decision?.checks ?? [] }),
    })),
  };
  const planned: Omit<PlannedOperation, 'kind' | 'plan'> = {
    author: place.author,
    subject: {
      connectionId: connection.id,
      region: connection.region,
      accountId: place.author.accountId,
      path: clusters.length === 1 ? clusters : [],
      label: severalLabel(rows),
    },
  };
  await deps.batches.run(planned, {
    rows,
    width: how.width,
    perGroup: how.perCluster,
    afterFailure: how.afterFailure,
    canary: how.canary !== undefined,
    summary,
  });
}
