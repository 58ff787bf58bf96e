/** Asks for the order of several deployments. */
import * as l10n from '@vscode/l10n';
import { BACK, LEFT } from '../../../view/wizard/prompts';
import { namedQuestion, type WizardStep } from '../../../view/wizard/wizard-steps';
import type { ToPlan } from '../review';

/** One of several places to deploy to; `inputOf` makes the input of its plan. */
export interface BatchTarget extends ToPlan {
  readonly label: string;
}

export interface ListedTarget extends BatchTarget {
  /** Unique among the places. */
  readonly key: string;
  /** The place with the lowest rank is proposed as the first. */
  readonly rank: number;
}

export interface ListedTargets {
  readonly listed: readonly ListedTarget[];
}

export interface OrderAnswer {
  /** The keys of the places, in the chosen order. */
  readonly order: readonly string[];
}

/**
 * Takes the order by rank; the question is asked only if the user wants to change that order in the review.
 */
export const orderStep: WizardStep<ListedTargets, OrderAnswer> = namedQuestion<ListedTargets, OrderAnswer>(
  'order',
  async ({ listed }, { prompts, heading }, now) => {
    let ordered = now === undefined ? listed : inOrder(listed, now.order);
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
      if (chosen === 'done') return { order: ordered.map(({ key }) => key) };
      ordered = movedUp(ordered, chosen);
    }
  },
  {
    known: ({ listed = [] }) => ({
      order: listed.toSorted((one, other) => one.rank - other.rank).map(({ key }) => key),
    }),
    stands: ({ order }, { listed }) =>
      order.length === listed.length && listed.every(({ key }) => order.includes(key)),
  },
);

export function inOrder(listed: readonly ListedTarget[], order: readonly string[]): readonly ListedTarget[] {
  return listed.toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
}

function movedUp<T>(list: readonly T[], index: number): readonly T[] {
  const [above, moved] = [list[index - 1], list[index]];
  if (above === undefined || moved === undefined) return list;
  return [...list.slice(0, index - 1), moved, above, ...list.slice(index + 1)];
}
