/** "Update Node Group…": ask, plan, show, run. */

import * as l10n from '@vscode/l10n';
import { decisionOf } from '../../plan/verdict';
import { applyUpdate, updateOperation } from '../../upgrade/apply';
import type { ChoiceProblem } from '../../upgrade/choice';
import { type NodegroupPlan, planUpdate } from '../../upgrade/plan';
import { recordOf } from '../../upgrade/record';
import { nodegroupPlanPage } from '../../view/documents/nodegroup-plan';
import { BACK, type Choice, type LEFT } from '../../view/wizard/prompts';
import { askReview } from '../../view/wizard/review';
import { type Ask, into, runWizard, type WizardStep } from '../../view/wizard/wizard';
import { choiceWords } from '../../view/words/upgrade';
import { connectionStep, given, nodegroupSteps, type PickedNodegroup } from '../pick';
import { requireTrust } from '../trust';
import { goOf, linesOf, looksOf } from './check-lines';
import type { NodegroupDeps } from './deps';
import { labelOf, ledgerPlace, placeOfAnswers } from './place';
import { type Again, type NodegroupAnswers, nodegroupUpdateSteps } from './steps';

interface Reviewed extends NodegroupAnswers {
  readonly plan: NodegroupPlan;
}

/** The earlier operation that is tried again. */
export interface Repeat extends Again {
  readonly origin: string;
}

/** @param known what need not be asked. */
export async function updateNodegroup(
  known: Partial<PickedNodegroup>,
  deps: NodegroupDeps,
  repeat?: Repeat,
): Promise<void> {
  requireTrust();
  const answers = await runWizard<Reviewed>(
    l10n.t('Update Node Group'),
    stepsOf(deps, repeat),
    known,
    deps.prompts,
  );
  if (answers) await run(answers, deps, repeat?.origin);
}

function stepsOf(deps: NodegroupDeps, again: Again | undefined): readonly WizardStep<Reviewed>[] {
  const { store, ports, looks } = deps;
  return [
    connectionStep<Reviewed>(store),
    ...nodegroupSteps<Reviewed>(ports),
    ...(nodegroupUpdateSteps(
      (connection) => looks.sources(connection),
      again,
    ) as readonly WizardStep<Reviewed>[]),
    reviewStep(deps),
  ];
}

function reviewStep(deps: NodegroupDeps): WizardStep<Reviewed> {
  return {
    key: 'plan',
    ask: async (state, ask) => {
      const place = placeOfAnswers(state);
      const label = labelOf(place);
      const planned = planUpdate(
        given(state.situation),
        {
          ...(state.version !== undefined && { version: state.version.version }),
          ...(state.release !== undefined && { release: state.release }),
          ...(state.templateVersion !== undefined && { templateVersion: state.templateVersion }),
          force: given(state.force),
        },
        deps.clock.now(),
      );
      const question = l10n.t('Update {0}? Nothing has been sent yet.', { 0: label });
      if (!planned.valid) return askAgain(ask, planned.problems);
      const { plan } = planned;
      const name = l10n.t('Plan for {0}', { 0: label.replaceAll('/', '·') });
      return into(
        await askReview<'anyway'>(ask, {
          question,
          ...goOf(plan.checks, l10n.t('Update'), l10n.t('Update Anyway…'), place.nodegroup),
          lines: linesOf(plan.checks),
          looks: looksOf(plan.checks, place, deps),
          page: {
            show: () => deps.documents.showPlan(name, () => nodegroupPlanPage(label, plan)),
            close: () => deps.documents.closePlans(),
          },
        }),
        () => ({ plan }),
      );
    },
  };
}

/** Whatever is clicked leads back to the questions. */
async function askAgain(
  { prompts, heading }: Ask,
  problems: readonly ChoiceProblem[],
): Promise<typeof BACK | typeof LEFT> {
  const choices = problems.map(
    (problem): Choice<typeof BACK> => ({
      value: BACK,
      label: choiceWords(problem),
      icon: 'error',
      group: l10n.t('Blocks'),
    }),
  );
  return prompts.pick<typeof BACK>(heading, {
    placeholder: l10n.t('EKS cannot take this choice. Go back and choose again.'),
    choices,
  });
}

async function run(answers: Reviewed, deps: NodegroupDeps, origin: string | undefined): Promise<void> {
  const { connection, plan } = answers;
  const { eks } = await deps.ports(connection);
  const decision = decisionOf(plan.checks);
  const record = recordOf(plan, decision.kind === 'ask' ? decision.checks : []);
  await deps.runner.run({
    title: l10n.t('Updating {0}', { 0: labelOf(placeOfAnswers(answers)) }),
    planned: updateOperation(record, await ledgerPlace(connection, deps.ports, origin)),
    apply: (journal, signal) => applyUpdate(record, eks, journal, signal),
  });
}
