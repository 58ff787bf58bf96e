/** Which clusters several deployments go to, by targets or by name, and in which order. */
import * as l10n from '@vscode/l10n';
import { type Answer, BACK, LEFT } from '../../../view/wizard/prompts';
import { type Ask, into, question, unlessKnown, type WizardStep } from '../../../view/wizard/wizard-steps';
import type { PickedConnection } from '../../pick/connection';
import { allThings } from '../../pick/listed';
import type { PickedKind } from '../../pick/place';
import type { NamedPlace } from '../../pick/target-picks';
import { picksOf } from '../../target-kinds';
import type { DeployDeps } from '../deploy';
import type { ToPlan } from '../review';
import { targetLabel, type WorkspaceTarget } from '../targets/workspace-targets';

/** One of the clusters, and how to come to the input of its plan. */
export interface BatchTarget extends ToPlan {
  readonly label: string;
}

/** What the clusters are named by. */
export type By = 'targets' | 'clusters';

/** Not asked where there are not several targets. */
export function byStep(targets: readonly WorkspaceTarget[]): WizardStep<object, { readonly by: By }> {
  const step = question<object, { readonly by: By }>(async (_answers, { prompts, heading }) =>
    into(
      await prompts.pick<By>(heading, {
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
  );
  return unlessKnown(targets.length > 1 ? undefined : { by: 'clusters' }, step);
}

export function targetsStep(
  targets: readonly WorkspaceTarget[],
): WizardStep<object, { readonly targets: readonly WorkspaceTarget[] }> {
  return question(async (_answers, ask) =>
    into(
      await atLeastTwo(ask, {
        placeholder: l10n.t('Choose targets'),
        choices: targets.map((target) => ({
          value: target,
          label: targetLabel(target),
          description: target.target.path.join(' · '),
          icon: target.target.protected ? 'shield' : 'target',
        })),
      }),
      (chosen) => ({ targets: chosen }),
    ),
  );
}

export function clustersStep(
  deps: DeployDeps,
): WizardStep<PickedConnection & PickedKind, { readonly clusters: readonly NamedPlace[] }> {
  return question(async ({ connection, kind }, ask) =>
    into(
      await atLeastTwo(ask, {
        placeholder: l10n.t('Choose clusters'),
        choices: async (signal) => {
          const { list } = picksOf(kind);
          const things = await allThings<NamedPlace>((within) =>
            list(connection, within, deps.ports, signal),
          );
          return things.map(({ kind: _, thing, ...row }) => ({ ...row, value: thing }));
        },
        empty: picksOf(kind).none(),
      }),
      (clusters) => ({ clusters }),
    ),
  );
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

/** Asks for the order in which they are deployed to, to be changed until "Go on". */
export async function askOrder(
  { prompts, heading }: Ask,
  listed: readonly BatchTarget[],
): Promise<Answer<readonly BatchTarget[]>> {
  let ordered = listed;
  for (;;) {
    const chosen = await prompts.pick<number | 'done'>(heading, {
      placeholder: l10n.t('They are deployed to in this order. Pick one to move it up.'),
      choices: [
        { value: 'done', label: l10n.t('Go on'), icon: 'check', always: true },
        ...ordered.map(({ label }, index) => ({
          value: index,
          label: `${index + 1}. ${label}`,
          icon: index === 0 ? 'database' : 'arrow-up',
        })),
      ],
    });
    if (chosen === BACK || chosen === LEFT) return chosen;
    if (chosen === 'done') return ordered;
    ordered = movedUp(ordered, chosen);
  }
}

function movedUp<T>(list: readonly T[], index: number): readonly T[] {
  const [above, moved] = [list[index - 1], list[index]];
  if (above === undefined || moved === undefined) return list;
  return [...list.slice(0, index - 1), moved, above, ...list.slice(index + 1)];
}
