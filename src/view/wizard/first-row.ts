/** Questions of which the first has one more row at the top, that leads elsewhere. */
import { type Choice, type ChoicesToCome, LEFT, type PickQuestion, type Prompts } from './prompts';

const TAKEN = Symbol('first row');

/** Leaves the wizard once the row is taken; who asks goes on from there. */
export class FirstRow implements Prompts {
  private taken = false;
  readonly pickMany: Prompts['pickMany'];
  readonly input: Prompts['input'];
  readonly wait: Prompts['wait'];

  constructor(
    private readonly prompts: Prompts,
    private readonly row: Omit<Choice<never>, 'value'>,
  ) {
    this.pickMany = (heading, question) => prompts.pickMany(heading, question);
    this.input = (heading, question) => prompts.input(heading, question);
    this.wait = (heading, words, work) => prompts.wait(heading, words, work);
  }

  /** Whether the row was taken. */
  get isTaken(): boolean {
    return this.taken;
  }

  readonly pick: Prompts['pick'] = async (heading, question) => {
    // Nothing comes before the first question that one could go back to.
    if (heading.canGoBack) return await this.prompts.pick(heading, question);
    const picked = await this.prompts.pick(heading, this.withRow(question));
    if (picked !== TAKEN) return picked;
    this.taken = true;
    return LEFT;
  };

  private withRow<T>(question: PickQuestion<T>): PickQuestion<T | typeof TAKEN> {
    const { choices, active, verify, typed, ...same } = question;
    const row: Choice<typeof TAKEN> = { ...this.row, value: TAKEN };
    return {
      ...same,
      choices: typeof choices === 'function' ? withRow(row, choices) : [row, ...choices],
      ...(active && { active: (value) => value !== TAKEN && active(value) }),
      ...(typed && { typed }),
      ...(verify && {
        verify: async (value, signal) => (value === TAKEN ? undefined : await verify(value, signal)),
      }),
    };
  }
}

function withRow<T>(row: Choice<typeof TAKEN>, choices: ChoicesToCome<T>): ChoicesToCome<T | typeof TAKEN> {
  return async (signal, show) => {
    show([row]);
    return [row, ...(await choices(signal, (soFar) => show([row, ...soFar])))];
  };
}
