/**
 * The steps of a wizard, typed by their answers: what a step may read is what the steps before it have answered.
 */
import { type Answer, BACK, type Heading, LEFT, type Prompts } from './prompts';
import type { StepName } from './step-names';

/** The prompts with title, step count and Back filled in. */
export interface Ask {
  readonly prompts: Prompts;
  readonly heading: Heading;
  /** Questions that were asked before and have a name: {@link BackTo} leads to any of them. */
  readonly before?: readonly StepName[];
}

/** An answer that leads back to the question of this name, over all that were asked since. */
export class BackTo {
  constructor(readonly step: StepName) {}
}

/** What a question may answer besides its part of the answers. */
export type StepAnswer<T> = Answer<T> | BackTo;

/** How far a wizard is. */
interface Course {
  readonly title: string;
  readonly prompts: Prompts;
  /** Questions that have been asked. */
  readonly asked: number;
  /** Those of them that have a name. */
  readonly before: readonly StepName[];
  /** Questions that are still to come after this step. */
  readonly later: (soFar: object) => number;
}

/** How far the steps up to here have come. */
type Reached = Pick<Course, 'asked' | 'before'>;

/** What comes after a step. BACK asks the question before again, with the answers that it was asked with. */
type Next<Added, End> = (added: Added, reached: Reached) => Promise<StepAnswer<End>>;

/** Asks, then goes on. */
export type Run<In, Added> = <End>(
  answers: In,
  course: Course,
  next: Next<Added, End>,
) => Promise<StepAnswer<End>>;

/**
 * One step of a wizard, or several.
 * @template In what has to be answered before.
 * @template Added what they answer.
 */
export interface WizardStep<in In extends object, out Added extends object> {
  readonly run: Run<In, Added>;
  /** How many questions they are, as far as the answers up to now tell. */
  readonly ahead: (soFar: object) => number;
}

/** Not asked when the answer is known. */
export function unlessKnown<In extends object, Added extends object>(
  known: Added | undefined,
  step: WizardStep<In, Added>,
): WizardStep<In, Added> {
  return known === undefined ? step : answered(known);
}

/** Adds answers without asking. */
export function answered<Added extends object>(added: Added): WizardStep<object, Added> {
  return derived(() => added);
}

/** Adds what follows from the answers, without asking. */
export function derived<In extends object, Added extends object>(
  from: (answers: In) => Added,
): WizardStep<In, Added> {
  return {
    run: (answers, { asked, before }, next) => next(from(answers), { asked, before }),
    ahead: () => 0,
  };
}

/** Asked again when the user comes back to it. */
export function question<In extends object, Added extends object>(
  ask: (answers: In, ask: Ask) => Promise<StepAnswer<Added>>,
): WizardStep<In, Added> {
  return namedQuestion(undefined, ask);
}

/** As {@link question}, for one that {@link BackTo} can lead back to. */
export function namedQuestion<In extends object, Added extends object>(
  name: StepName | undefined,
  ask: (answers: In, ask: Ask) => Promise<StepAnswer<Added>>,
): WizardStep<In, Added> {
  return {
    run: async (answers, course, next) => {
      const { prompts, asked, before } = course;
      const reached = { asked: asked + 1, before: name === undefined ? before : [...before, name] };
      for (;;) {
        const answer = await ask(answers, { prompts, heading: headingOf(course, answers), before });
        if (isExit(answer)) return answer;
        const end = await next(answer, reached);
        const isHere = end instanceof BackTo && end.step === name;
        if (end !== BACK && !isHere) return end;
      }
    },
    ahead: () => 1,
  };
}

/**
 * Reads what the next questions rest on. It is not counted, and Back passes over it.
 * @param words `Reading the node group…`
 */
export function reading<In extends object, Added extends object>(
  words: string,
  read: (answers: In, signal: AbortSignal) => Promise<Added>,
): WizardStep<In, Added> {
  return {
    run: async (answers, course, next) => {
      const heading = headingOf(course, answers);
      const added = await course.prompts.wait(heading, words, (signal) => read(answers, signal));
      const { asked, before } = course;
      return isExit(added) ? added : await next(added, { asked, before });
    },
    ahead: () => 0,
  };
}

function headingOf({ title, asked, later }: Course, soFar: object): Heading {
  return { title, step: asked + 1, totalSteps: asked + 1 + later(soFar), canGoBack: asked > 0 };
}

/** Turns an answer into a part of the answers, leaving Back and leaving as they are. */
export function into<T, P>(answer: StepAnswer<T>, part: (value: T) => P): StepAnswer<P> {
  return isExit(answer) ? answer : part(answer);
}

export function isExit<T>(answer: StepAnswer<T>): answer is typeof BACK | typeof LEFT | BackTo {
  return answer === BACK || answer === LEFT || answer instanceof BackTo;
}
