/** "Update Several Node Groups…": choose, plan all of them, agree once, run them as one batch. */

import * as l10n from '@vscode/l10n';
import type { Json } from '../../../model/json';
import type { PlannedOperation } from '../../../operations/operation';
import { decisionOf } from '../../../plan/verdict';
import type { CheckId } from '../../../upgrade/checks/all-checks';
import type { Goal } from '../../../upgrade/options';
import { planSeveral, type SeveralRow } from '../../../upgrade/several/plan';
import { BACK, LEFT } from '../../../view/wizard/prompts';
import { askTyped, type TypedName } from '../../../view/wizard/review';
import { into, runWizard, type WizardStep } from '../../../view/wizard/wizard';
import { confirmationWords } from '../../../view/words/upgrade';
import { connectionStep, given } from '../../pick';
import { requireTrust } from '../../trust';
import { titlesOf } from '../check-lines';
import type { NodegroupDeps } from '../deps';
import { ledgerPlace } from '../place';
import { askForce } from '../steps';
import { clustersOf, plannedIn, runnableIn, type SeveralAnswers, severalLabel } from './answers';
import { askHow, type PlannedRow, usualHow } from './how';
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
    l10n.t('Update Several Node Groups'),
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
};

const forceStep: SeveralStep = {
  key: 'force',
  ask: async (_state, ask) => into(await askForce(ask), (force) => ({ force })),
};

function planStep({ looks, ports, clock }: NodegroupDeps): SeveralStep {
  return {
    key: 'rows',
    words: l10n.t('Planning: reading the clusters and node groups…'),
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

/** Plans that wait until the user goes on past some of their checks. */
function waiting(rows: readonly SeveralRow[]): readonly WaitingRow[] {
  return plannedIn(rows).flatMap((row) => {
    const decision = decisionOf(row.plan.checks);
    return decision.kind === 'ask' ? [{ row, checks: decision.checks }] : [];
  });
}

interface WaitingRow {
  readonly row: PlannedRow;
  readonly checks: readonly CheckId[];
}

const passedStep: SeveralStep = {
  key: 'passed',
  when: ({ rows }) => rows === undefined || waiting(rows).length > 0,
  ask: async ({ rows }, ask) => {
    const all = waiting(given(rows));
    const checks = [...new Set(all.flatMap((one) => one.checks))];
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
      const typed = await askTyped(ask, namesToType(all, titles));
      if (typed === LEFT) return LEFT;
      if (typed === true) return { passed: checks };
    }
  },
};

/** The name of the only node group, else that of each cluster. */
function namesToType(all: readonly WaitingRow[], titles: string): readonly TypedName[] {
  const [only, ...others] = all;
  if (only && others.length === 0) {
    const prompt = l10n.t('This goes on past: {0}. Type the name of the node group to go on.', { 0: titles });
    return [{ prompt, expected: only.row.plan.request.nodegroupName }];
  }
  return [...new Set(all.map(({ row }) => row.group))].map((cluster) => ({
    prompt: l10n.t('This goes on past: {0}. Type the name of the cluster {1} to go on.', {
      0: titles,
      1: cluster,
    }),
    expected: cluster,
  }));
}

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
