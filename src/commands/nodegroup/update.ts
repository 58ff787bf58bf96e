/** "Update Node Group…": ask, plan, show, run. */

import * as l10n from '@vscode/l10n';
import { present } from '../../model/present';
import { applyUpdate, updateOperation } from '../../nodegroup/apply/apply';
import type { ChoiceProblem } from '../../nodegroup/choice/choice';
import { type NodegroupPlan, planUpdate } from '../../nodegroup/plan/plan';
import { recordOf } from '../../nodegroup/plan/record';
import { choiceWords, updateChanges } from '../../view/messages/nodegroup';
import { nodegroupContent } from '../../view/pages/plans/nodegroup';
import { BACK, type Choice, type LEFT } from '../../view/wizard/prompts';
import { askReview } from '../../view/wizard/review';
import { runWizard, wizard } from '../../view/wizard/wizard';
import { type Ask, into, question, type WizardStep } from '../../view/wizard/wizard-steps';
import { updateRequest } from '../copy-requests';
import { nodegroupSteps, type PickedNodegroup, titleOfNodegroup } from '../pick/eks';
import { requireTrust } from '../trust';
import { goOf, linesOf, passedBy, previewsOf } from './check-lines';
import { nodesBefore } from './cluster-inside';
import type { NodegroupDeps } from './deps';
import { labelOf, ledgerPlace, placeOfAnswers } from './place';
import { type Again, nodegroupUpdateSteps, type UpdateAnswers } from './update-steps';

/** The earlier operation that is tried again: its answers, and its id as `origin`. */
export interface Repeat extends Again {
  readonly origin: string;
}

/** @param known the answers that need not be asked for. */
export async function updateNodegroup(
  known: Partial<PickedNodegroup>,
  deps: NodegroupDeps,
  repeat?: Repeat,
): Promise<void> {
  requireTrust();
  const steps = wizard()
    .and(nodegroupSteps(deps, known))
    .and(nodegroupUpdateSteps((connection) => deps.attentionSources.sources(connection), repeat))
    .and(reviewStep(deps));
  const title = titleOfNodegroup(l10n.t('Update Node Group'), (label) => l10n.t('Update {0}', { 0: label }));
  const answers = await runWizard(title, steps, {}, deps.prompts);
  if (answers) await run(answers, deps, repeat?.origin);
}

type Reviewed = PickedNodegroup & { readonly plan: NodegroupPlan };

function reviewStep(
  deps: NodegroupDeps,
): WizardStep<PickedNodegroup & UpdateAnswers, Pick<Reviewed, 'plan'>> {
  return question(async (answers, ask) => {
    const place = placeOfAnswers(answers);
    const label = labelOf(place);
    const planned = planUpdate(
      answers.situation,
      {
        ...(answers.version !== undefined && { version: answers.version.version }),
        ...present({ release: answers.release, templateVersion: answers.templateVersion }),
        force: answers.force,
      },
      deps.clock.now(),
    );
    const question = l10n.t('Update {0}? Nothing has been sent yet.', { 0: label });
    if (!planned.valid) return askAgain(ask, planned.problems);
    const { plan } = planned;
    return into(
      await askReview<'anyway'>(ask, {
        question,
        ...goOf(plan, l10n.t('Update'), l10n.t('Update Anyway…'), updateChanges(plan)),
        lines: linesOf(plan.checks),
        previews: previewsOf(plan.checks, place, deps),
        page: deps.reviews.page({
          of: 'nodegroup-version',
          connectionId: answers.connection.id,
          path: [place.cluster, place.nodegroup],
          title: l10n.t('Plan for {0}', { 0: label }),
          content: nodegroupContent(label, plan),
          copy: () =>
            deps.copyRequests([{ connection: answers.connection, requests: [updateRequest(plan)] }]),
        }),
      }),
      () => ({ plan }),
    );
  });
}

/** Shows the problems of the user's choice; every row leads back to the questions of the wizard. */
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
  const record = recordOf(plan, passedBy(plan));
  await deps.runner.run({
    title: l10n.t('Updating {0}', { 0: labelOf(placeOfAnswers(answers)) }),
    planned: updateOperation(record, await ledgerPlace(connection, deps.ports, origin)),
    apply: (journal, signal) =>
      applyUpdate(record, eks, journal, signal, nodesBefore(placeOfAnswers(answers), deps)),
  });
}
