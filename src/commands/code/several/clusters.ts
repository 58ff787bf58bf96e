/** Which clusters several deployments go to, by targets or by name, and in which order. */
import * as l10n from '@vscode/l10n';
import { KEEP_ALL } from '../../../deploy/configuration';
import type { PlanInput } from '../../../deploy/plan/input';
import type { DeploymentStrategy } from '../../../model/kdb';
import { allItems } from '../../../model/page';
import { type Answer, BACK, type Choice, LEFT } from '../../../view/wizard/prompts';
import { type Ask, into, type WizardStep } from '../../../view/wizard/wizard';
import { phaseIcon, statusWords } from '../../../view/words/phase';
import { connectionStep, given, type PickedConnection } from '../../pick';
import type { SourceAnswers } from '../answers';
import type { DeployDeps } from '../deploy';
import { inputOf } from '../plan';
import { askConfirmed } from '../targets/steps';
import { targetInput } from '../targets/target-input';
import { targetLabel, type WorkspaceTarget } from '../targets/workspace-targets';

/** One of the clusters, and how to come to the input of its plan. */
export interface Goal {
  readonly label: string;
  input(signal: AbortSignal): Promise<PlanInput>;
}

export interface NamedCluster {
  readonly environmentId: string;
  readonly environment: string;
  readonly name: string;
}

export interface SeveralAnswers extends SourceAnswers {
  readonly by: 'targets' | 'clusters';
  readonly targets: readonly WorkspaceTarget[];
  readonly confirmed: true;
  readonly clusters: readonly NamedCluster[];
  readonly strategy: DeploymentStrategy | 'automatic';
  /** In the order in which they are to run. */
  readonly goals: readonly Goal[];
}

type Step = WizardStep<SeveralAnswers>;

export function byStep(targets: readonly WorkspaceTarget[]): Step {
  return {
    key: 'by',
    when: () => targets.length > 1,
    ask: async (_state, { prompts, heading }) =>
      into(
        await prompts.pick<SeveralAnswers['by']>(heading, {
          placeholder: l10n.t('Choose what to deploy to'),
          choices: [
            {
              value: 'targets',
              label: l10n.t('Targets of this workspace'),
              description: l10n.t('{0} targets', { 0: targets.length }),
              icon: 'target',
            },
            { value: 'clusters', label: l10n.t('Clusters of a connection'), icon: 'database' },
          ],
        }),
        (by) => ({ by }),
      ),
  };
}

export function targetsStep(targets: readonly WorkspaceTarget[]): Step {
  return {
    key: 'targets',
    when: ({ by }) => by === 'targets',
    ask: async (_state, ask) =>
      into(
        await atLeastTwo(ask, {
          placeholder: l10n.t('Choose targets'),
          choices: targets.map((target) => ({
            value: target,
            label: targetLabel(target),
            description: `${target.target.environment} · ${target.target.cluster}`,
            icon: target.target.protected ? 'shield' : 'target',
          })),
        }),
        (chosen) => ({ targets: chosen }),
      ),
  };
}

export function confirmedStep({ confirmed }: DeployDeps): Step {
  return {
    key: 'confirmed',
    when: ({ targets = [] }) => targets.some((target) => !confirmed.has(target)),
    ask: async ({ targets = [] }, ask) => {
      for (const target of targets.filter((one) => !confirmed.has(one))) {
        const answer = await askConfirmed(target, confirmed, ask);
        if (answer !== true) return answer;
      }
      return { confirmed: true };
    },
  };
}

export function clusterSteps(deps: DeployDeps): readonly Step[] {
  const steps: readonly Step[] = [
    connectionStep<SeveralAnswers>(deps.store),
    {
      key: 'clusters',
      ask: async ({ connection }, ask) =>
        into(
          await atLeastTwo(ask, {
            placeholder: l10n.t('Choose clusters'),
            choices: (signal) => clusterChoices(deps, given(connection), signal),
            empty: l10n.t('There are no kdb clusters in this region'),
          }),
          (clusters) => ({ clusters }),
        ),
    },
  ];
  return steps.map(onlyForClusters);
}

/** Not asked when targets say it. */
export function onlyForClusters(step: Step): Step {
  return { ...step, when: (state) => state.by !== 'targets' && (step.when?.(state) ?? true) };
}

async function clusterChoices(
  { ports }: DeployDeps,
  connection: PickedConnection['connection'],
  signal: AbortSignal,
): Promise<readonly Choice<NamedCluster>[]> {
  const { finspace } = await ports(connection);
  const environments = await allItems((next) => finspace.listEnvironments(next, signal));
  const lists = await Promise.all(
    environments.map(async ({ id, name: environment }) => {
      const clusters = await allItems((next) => finspace.listClusters(id, next, signal));
      return clusters.map(({ name, type, status, phase }) => ({
        value: { environmentId: id, environment, name },
        label: name,
        description: [type, statusWords(status)].join(' · '),
        icon: phaseIcon(phase, 'database').replace('~spin', ''),
        group: environment,
      }));
    }),
  );
  return lists.flat();
}

/** Asks again while fewer than two are ticked. */
async function atLeastTwo<T>(
  { prompts, heading }: Ask,
  question: { readonly placeholder: string } & Omit<Parameters<typeof prompts.pick<T>>[1], 'placeholder'>,
): Promise<Answer<readonly T[]>> {
  let { placeholder } = question;
  let before: readonly T[] = [];
  for (;;) {
    const chosen = await prompts.pickMany<T>(heading, {
      ...question,
      placeholder,
      picked: (value) => before.includes(value),
    });
    if (chosen === BACK || chosen === LEFT || chosen.length > 1) return chosen;
    before = chosen;
    placeholder = l10n.t('{0}: two or more', { 0: question.placeholder });
  }
}

/** The goals in the order in which they were listed, to be moved until "Go on". */
export function orderStep(deps: DeployDeps): Step {
  return {
    key: 'goals',
    ask: async (state, ask) => {
      let goals = goalsOf(state, deps);
      for (;;) {
        const chosen = await ask.prompts.pick<number | 'done'>(ask.heading, {
          placeholder: l10n.t('They are deployed to in this order. Pick one to move it up.'),
          choices: [
            { value: 'done', label: l10n.t('Go on'), icon: 'check', always: true },
            ...goals.map(({ label }, index) => ({
              value: index,
              label: `${index + 1}. ${label}`,
              icon: index === 0 ? 'database' : 'arrow-up',
            })),
          ],
        });
        if (chosen === BACK || chosen === LEFT) return chosen;
        if (chosen === 'done') return { goals };
        goals = movedUp(goals, chosen);
      }
    },
  };
}

function movedUp<T>(list: readonly T[], index: number): readonly T[] {
  const [above, moved] = [list[index - 1], list[index]];
  if (above === undefined || moved === undefined) return list;
  return [...list.slice(0, index - 1), moved, above, ...list.slice(index + 1)];
}

function goalsOf(state: Partial<SeveralAnswers>, deps: DeployDeps): readonly Goal[] {
  if (state.by === 'targets') {
    return (state.targets ?? []).map((target) => ({
      label: targetLabel(target),
      input: (signal) => targetInput(target, deps, signal),
    }));
  }
  return (state.clusters ?? []).map((cluster) => ({
    label: `${cluster.environment} / ${cluster.name}`,
    // The steps before have answered everything.
    input: () => {
      const place = { environmentId: cluster.environmentId, clusterName: cluster.name };
      const answers = state as SeveralAnswers;
      return inputOf(answers, place, { strategy: answers.strategy, ...KEEP_ALL }, deps.cacheFolder);
    },
  }));
}
