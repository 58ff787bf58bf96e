/** Questions of which the first has more rows at the top, that lead elsewhere. */
import { BACK, type Choice, type ChoicesToCome, LEFT, type PickQuestion, type Prompts } from './prompts';
import type { WizardStep } from './wizard-steps';

/** A row that leads elsewhere. */
type LeadingRow = Omit<Choice<never>, 'value'>;

/** A row at the top of a wizard's first question, and where it leads: to other steps, or out of the wizard. */
export interface Way<Added extends object> {
  readonly row: LeadingRow;
  readonly to: WizardStep<object, Added> | (() => Promise<void>);
}

/**
 * Steps of which the first question has other ways at its top. Back from the first question of such a way leads to that
 * list again.
 * @param others heading of the question's own rows, where the ways have one.
 */
export function withWays<Added extends object>(
  steps: WizardStep<object, Added>,
  ways: readonly Way<Added>[],
  others: string,
): WizardStep<object, Added> {
  const rows = ways.map(({ row }) => row);
  return {
    run: async (answers, course, next) => {
      for (;;) {
        const prompts = new FirstRows(course.prompts, rows, others);
        const end = await steps.run(answers, { ...course, prompts }, next);
        const to = ways[prompts.takenRow ?? -1]?.to;
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

/** Stands for the row of this number. */
class Taken {
  constructor(readonly row: number) {}
}

/** Leaves the wizard once one of the rows is taken. */
class FirstRows implements Prompts {
  readonly pickMany: Prompts['pickMany'];
  readonly input: Prompts['input'];
  readonly wait: Prompts['wait'];
  private taken: number | undefined;

  /** @param others heading of the question's own rows, where the others have one. */
  constructor(
    private readonly prompts: Prompts,
    private readonly rows: readonly LeadingRow[],
    private readonly others: string,
  ) {
    this.pickMany = (heading, question) => prompts.pickMany(heading, question);
    this.input = (heading, question) => prompts.input(heading, question);
    this.wait = (heading, words, work) => prompts.wait(heading, words, work);
  }

  /** The number of the row that was taken, 0-based. */
  get takenRow(): number | undefined {
    return this.taken;
  }

  readonly pick: Prompts['pick'] = async (heading, question) => {
    // Nothing comes before the first question that one could go back to.
    if (heading.canGoBack || this.rows.length === 0) return await this.prompts.pick(heading, question);
    const picked = await this.prompts.pick(heading, this.withRows(question));
    if (!(picked instanceof Taken)) return picked;
    this.taken = picked.row;
    return LEFT;
  };

  private withRows<T>(question: PickQuestion<T>): PickQuestion<T | Taken> {
    const { choices, active, verify, typed, ...same } = question;
    return {
      ...same,
      choices: typeof choices === 'function' ? this.toCome(choices) : this.above(choices),
      ...(active && { active: (value) => !(value instanceof Taken) && active(value) }),
      ...(typed && { typed }),
      ...(verify && {
        verify: async (value, signal) => (value instanceof Taken ? undefined : await verify(value, signal)),
      }),
    };
  }

  private toCome<T>(choices: ChoicesToCome<T>): ChoicesToCome<T | Taken> {
    return async (signal, show) => {
      show(this.above([]));
      return this.above(await choices(signal, (soFar) => show(this.above(soFar))));
    };
  }

  private above<T>(choices: readonly Choice<T>[]): readonly Choice<T | Taken>[] {
    const areGrouped = this.rows.some(({ group }) => group !== undefined);
    return [
      ...this.rows.map((row, at) => ({ ...row, value: new Taken(at) })),
      ...choices.map((choice) =>
        areGrouped && choice.group === undefined ? { ...choice, group: this.others } : choice,
      ),
    ];
  }
}
