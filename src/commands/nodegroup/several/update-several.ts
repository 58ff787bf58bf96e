/** "Update Several Node Groups…": choose, plan all of them, agree once, run them as one batch. */

import type { Json } from '../../../model/json';
import type { PlannedOperation } from '../../../operations/operation';
import type { CheckId } from '../../../upgrade/checks/check';
import type { Goal } from '../../../upgrade/options';
import { decisionOf } from '../../../upgrade/plan';
import { planSeveral, type SeveralRow } from '../../../upgrade/several/plan';
import { t } from '../../../view/l10n';
import { into, runWizard, type WizardStep } from '../../../view/wizard/wizard';
import { blockedWords, checkTitle } from '../../../view/words/upgrade';
import { connectionStep, given } from '../../pick';
import { requireTrust } from '../../trust';
import type { NodegroupDeps } from '../deps';
import { ledgerPlace } from '../place';
import { askForce } from '../steps';
import { clustersOf, plannedIn, runnableIn, type SeveralAnswers, severalLabel } from './answers';
import { askHow, usualHow } from './how';
import { type NamesAnswers, namesSteps } from './names';
import { reviewSeveral } from './review';

type SeveralStep = WizardStep<SeveralAnswers>;

/** @param known what need not be asked: the connection, its clusters, or the node groups themselves. */
export async function updateSeveral(known: Partial<NamesAnswers>, deps: NodegroupDeps): Promise<void> {
  requireTrust();
  const steps: readonly SeveralStep[] = [
    connectionStep<SeveralAnswers>(deps.store),
    ...namesSteps<SeveralAnswers>(deps),
    goalStep,
    forceStep,
    planStep(deps),
    passedStep,
    howStep,
    {
      key: 'agreed',
      ask: async (state, ask) =>
        into(await reviewSeveral(state, ask, deps), () => ({ agreed: true as const })),
    },
  ];
  const answers = await runWizard<SeveralAnswers>(
    t('Update Several Node Groups'),
    steps,
    known,
    deps.prompts,
  );
  if (answers) await run(answers, deps);
}

const goalStep: SeveralStep = {
  key: 'goal',
  ask: async (_state, { prompts, heading }) =>
    into(
      await prompts.pick<Goal>(heading, {
        placeholder: t('Choose where to bring them'),
        choices: [
          {
            value: 'control-plane-version',
            label: t("The control plane's version"),
            detail: t('Kubernetes as in each cluster, with the newest AMI release for it'),
            icon: 'arrow-up',
          },
          {
            value: 'newest-release',
            label: t('The newest AMI release'),
            detail: t('Kubernetes stays as it is in each node group'),
            icon: 'sparkle',
          },
        ],
      }),
      (goal) => ({ goal }),
    ),
};

const forceStep: SeveralStep = {
  key: 'force',
  ask: async (_state, ask) => into(await askForce(ask), (force) => ({ force })),
};

function planStep({ looks, ports, clock }: NodegroupDeps): SeveralStep {
  return {
    key: 'rows',
    words: t('Planning: reading the clusters and node groups…'),
    read: async ({ connection: picked, names, goal, force }, signal) => {
      const connection = given(picked);
      const choice = { goal: given(goal), force: given(force) };
      return {
        place: await ledgerPlace(connection, ports),
        rows: await planSeveral(await looks.sources(connection), given(names), choice, clock.now(), signal),
      };
    },
  };
}

/** Blocks that may be gone past, over all rows. */
function overridable(rows: readonly SeveralRow[]): readonly CheckId[] {
  const blocks = plannedIn(rows).flatMap(({ plan }) => {
    const decision = decisionOf(plan.checks);
    return decision.kind === 'ask' ? decision.blocks : [];
  });
  return [...new Set(blocks)];
}

const passedStep: SeveralStep = {
  key: 'passed',
  when: ({ rows }) => rows === undefined || overridable(rows).length > 0,
  ask: async ({ rows }, { prompts, heading }) => {
    const blocks = overridable(given(rows));
    const names = blocks.map((id) => checkTitle(id, t)).join(', ');
    const count = plannedIn(given(rows)).filter(({ plan }) => decisionOf(plan.checks).kind === 'ask').length;
    return into(
      await prompts.pick<boolean>(heading, {
        placeholder: blockedWords(count, names, t),
        choices: [
          { value: false, label: t('Leave them out'), icon: 'shield' },
          {
            value: true,
            label: t('Update them anyway'),
            detail: t('Goes on past: {0}', { 0: names }),
            icon: 'warning',
          },
        ],
      }),
      (goesOn) => ({ passed: goesOn ? blocks : [] }),
    );
  },
};

const howStep: SeveralStep = {
  key: 'how',
  ask: async (state, ask) => {
    const { rows } = runnableIn(state);
    const keys = new Set(rows.map(({ key }) => key));
    const planned = plannedIn(given(state.rows)).filter(({ key }) => keys.has(key));
    return into(await askHow(ask, planned, usualHow(planned)), (how) => ({ how }));
  },
};

async function run(answers: SeveralAnswers, deps: NodegroupDeps): Promise<void> {
  const { how, place, connection, goal, force } = answers;
  const { rows, leftOut } = runnableIn(answers);
  const clusters = clustersOf(rows);
  const summary: Json = {
    goal,
    force,
    order: how.order,
    passed: answers.passed ?? [],
    leftOut: leftOut.map(({ row, blocks }) => ({
      key: row.key,
      ...(row.kind === 'not-planned' ? { why: row.why.code } : { blocks }),
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
