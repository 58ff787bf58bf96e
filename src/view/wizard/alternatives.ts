/** Rows at the top of a wizard's first question that lead to other steps or leave the wizard. */

import { present } from '../../model/present';
import { BACK, type Choice, type ChoicesToCome, LEFT, type PickQuestion, type Prompts } from './prompts';
import type { WizardStep } from './wizard-steps';

/** The row of an alternative, without a value. */
type LeadingRow = Omit<Choice<never>, 'value'>;

/**
 * A row at the top of a wizard's first question. `to`: the steps that are asked in place of the usual ones, or
 * a function that is called when the user picks the row; the wizard then ends.
 */
export interface Alternative<Added extends object> {
  readonly row: LeadingRow;
  readonly to: WizardStep<object, Added> | (() => Promise<void>);
}

/**
 * Adds rows for the alternatives at the top of the first question of `steps`. Back from the first question
 * of an alternative leads to the question with those rows.
 * @param others the heading of the question's own rows, where the alternatives have headings.
 */
export function withAlternatives<Added extends object>(
  steps: WizardStep<object, Added>,
  alternatives: readonly Alternative<Added>[],
  others: string,
): WizardStep<object, Added> {
  const rows = alternatives.map(({ row }) => row);
  return {
    run: async (answers, course, next) => {
      for (;;) {
        const prompts = new FirstRows(course.prompts, rows, others);
        const end = await steps.run(answers, { ...course, prompts }, next);
        const to = alternatives[prompts.chosenRow ?? -1]?.to;
        if (to === undefined) return end;
        if (typeof to === 'function') {
          await to();
          return LEFT;
        }
        const elsewhere = await to.run(answers, { ...course, asked: course.asked + 1 }, next);
        if (elsewhere !== BACK) return elsewhere;
      }
    },
    ahead: (soFar) => steps.ahead(soFar),
  };
}

/** The value of an alternative's row. */
class AlternativeRow {
  constructor(readonly row: number) {}
}

/**
 * Prompts that add `rows` to the first question. If the user picks one of them, the question answers with
 * `LEFT`, so that the steps end, and {@link withAlternatives} goes on with the picked alternative.
 */
class FirstRows implements Prompts {
  readonly pickMany: Prompts['pickMany'];
  readonly input: Prompts['input'];
  readonly wait: Prompts['wait'];
  private chosen: number | undefined;

  /** @param others the heading of the question's own rows, where `rows` have headings. */
  constructor(
    private readonly prompts: Prompts,
    private readonly rows: readonly LeadingRow[],
    private readonly others: string,
  ) {
    this.pickMany = (heading, question) => prompts.pickMany(heading, question);
    this.input = (heading, question) => prompts.input(heading, question);
    this.wait = (heading, words, work) => prompts.wait(heading, words, work);
  }

  /** The 0-based index of the alternative whose row the user picked; undefined if the user picked none. */
  get chosenRow(): number | undefined {
    return this.chosen;
  }

  readonly pick: Prompts['pick'] = async (heading, question) => {
    // A question with a Back button is not the first question of the wizard, so it gets no further rows.
    if (heading.canGoBack || this.rows.length === 0) return await this.prompts.pick(heading, question);
    const picked = await this.prompts.pick(heading, this.withRows(question));
    if (!(picked instanceof AlternativeRow)) return picked;
    this.chosen = picked.row;
    return LEFT;
  };

  private withRows<T>(question: PickQuestion<T>): PickQuestion<T | AlternativeRow> {
    const { choices, active, verify, typed, ...same } = question;
    return {
      ...same,
      choices: typeof choices === 'function' ? this.whenLoaded(choices) : this.above(choices),
      ...present({
        active:
          active && ((value: T | AlternativeRow) => !(value instanceof AlternativeRow) && active(value)),
        typed,
        verify:
          verify &&
          (async (value: T | AlternativeRow, signal: AbortSignal) =>
            value instanceof AlternativeRow ? undefined : await verify(value, signal)),
      }),
    };
  }

  private whenLoaded<T>(choices: ChoicesToCome<T>): ChoicesToCome<T | AlternativeRow> {
    return async (signal, show) => {
      show(this.above([]));
      return this.above(await choices(signal, (soFar) => show(this.above(soFar))));
    };
  }

  private above<T>(choices: readonly Choice<T>[]): readonly Choice<T | AlternativeRow>[] {
    const areGrouped = this.rows.some(({ group }) => group !== undefined);
    return [
      ...this.rows.map((row, at) => ({ ...row, value: new AlternativeRow(at) })),
      ...choices.map((choice) =>
        areGrouped && choice.group === undefined ? { ...choice, group: this.others } : choice,
      ),
    ];
  }
}
