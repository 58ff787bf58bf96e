/** A wizard: typed questions over an immutable state. Back is a pop; what is known already is not asked. */
import { type Answer, BACK, type Heading, LEFT, type PickQuestion, type Prompts } from './prompts';

interface Step<S> {
  /** The part of the state that the step answers; a step whose key the state holds is skipped. */
  readonly key: keyof S;
  /** Absent: always asked. Judged with the answers given before. */
  readonly when?: (state: Partial<S>) => boolean;
}

export interface Question<S> extends Step<S> {
  ask(state: Partial<S>, ask: Ask): Promise<Answer<Partial<S>>>;
}

/** Reads what the next questions rest on. It is not counted, and Back passes over it. */
export interface Reading<S> extends Step<S> {
  /** `Reading the node group…` */
  readonly words: string;
  read(state: Partial<S>, signal: AbortSignal): Promise<Partial<S>>;
}

export type WizardStep<S> = Question<S> | Reading<S>;

/** The prompts with title, step count and Back filled in. */
export interface Ask {
  readonly prompts: Prompts;
  readonly heading: Heading;
}

/**
 * Asks the steps in order. Gives the whole state, or undefined when the user left. Changes nothing anywhere: leaving
 * at any point is free. What a step throws is thrown.
 */
export async function runWizard<S>(
  title: string,
  steps: readonly WizardStep<S>[],
  known: Partial<S>,
  prompts: Prompts,
): Promise<S | undefined> {
  /** The states before each question that was asked, the latest last. */
  const asked: { readonly index: number; readonly before: Partial<S> }[] = [];
  let state = known;
  let index = 0;
  while (index < steps.length) {
    const step = steps[index];
    if (step === undefined || !isOpen(step, state)) {
      index += 1;
      continue;
    }
    const after = steps.slice(index + 1).filter((later) => 'ask' in later && isOpen(later, state)).length;
    const heading: Heading = {
      title,
      step: asked.length + 1,
      totalSteps: asked.length + 1 + after,
      canGoBack: asked.length > 0,
    };
    const before = state;
    const answer =
      'ask' in step
        ? await step.ask(state, { prompts, heading })
        : await prompts.wait(heading, step.words, (signal) => step.read(before, signal));
    if (answer === LEFT) return undefined;
    if (answer === BACK) {
      const previous = asked.pop();
      if (previous === undefined) return undefined;
      ({ index, before: state } = previous);
      continue;
    }
    if ('ask' in step) asked.push({ index, before: state });
    state = { ...state, ...answer };
    index += 1;
  }
  return state as S;
}

function isOpen<S>(step: WizardStep<S>, state: Partial<S>): boolean {
  return !(step.key in state) && (step.when?.(state) ?? true);
}

/** A pick by itself, outside of any wizard; undefined when the user left. */
export async function pickOne<T>(
  title: string,
  question: PickQuestion<T>,
  prompts: Pick<Prompts, 'pick'>,
): Promise<T | undefined> {
  const answer = await prompts.pick({ title, step: 1, totalSteps: 1, canGoBack: false }, question);
  return isExit(answer) ? undefined : answer;
}

/** Turns an answer into a part of the state, leaving Back and leaving as they are. */
export function into<T, P>(answer: Answer<T>, part: (value: T) => P): Answer<P> {
  return isExit(answer) ? answer : part(answer);
}

function isExit<T>(answer: Answer<T>): answer is typeof BACK | typeof LEFT {
  return answer === BACK || answer === LEFT;
}
