/**
 * The steps of a wizard, typed by their answers: what a step may read is what the steps before it have answered.
 */
import { type Answer, BACK, type Heading, LEFT, type Prompts } from './prompts';
import type { StepName } from './step-names';

/** The prompts with title, step count and Back filled in. */
export interface Ask {
  readonly prompts: Prompts;
  readonly heading: Heading;
  /** Questions that have an answer and a name, asked or not: {@link BackTo} leads to any of them. */
  readonly before?: readonly StepName[];
}

/**
 * Asks the question of this name once more, whether it was asked before or its answer was known. What was answered after
 * it is not asked again where it {@link Standing stands}.
 */
export class BackTo {
  constructor(
    readonly step: StepName,
    /** What was answered up to here. Filled in on the way. */
    readonly given: Given = new Map(),
  ) {}
}

/** What a question may answer besides its part of the answers. */
export type StepAnswer<T> = Answer<T> | BackTo;

/** The answers to questions that have a name. */
type Given = ReadonlyMap<StepName, GivenAnswer>;

interface GivenAnswer {
  readonly added: object;
  /** It was asked for in its turn, so that it has a place in the count. */
  readonly counted: boolean;
}

/** What a wizard is about, as far as its answers tell. */
export type Title = (soFar: object) => string;

/** How far a wizard is. */
export interface Course {
  readonly title: Title;
  readonly prompts: Prompts;
  /** Told of all answers each time that a question has its answer, asked or known. */
  readonly watch: (answers: object) => void;
  /** Questions that have been asked. */
  readonly asked: number;
  readonly given: Given;
  /** While something is changed: the answers of before to the questions that are still to come. */
  readonly kept: Given | undefined;
  /** Questions that are still to come after this step, at most. */
  readonly later: (soFar: object) => number;
}

/** How far the steps up to here have come. */
type Reached = Pick<Course, 'asked' | 'given' | 'kept'>;

/** As far as before: for a step that asks nothing. */
export function unmoved({ asked, given, kept }: Course): Reached {
  return { asked, given, kept };
}

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
  /** How many questions they are at most, as far as the answers up to now tell. */
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
    run: (answers, course, next) => next(from(answers), unmoved(course)),
    ahead: () => 0,
  };
}

/** Asks. `now`: what was answered before, where the question is asked once more. */
type AskStep<In, Added> = (
  answers: In,
  ask: Ask,
  now: Added | undefined,
) => Promise<StepAnswer<NoInfer<Added>>>;

/** Asked again when the user comes back to it. */
export function question<In extends object, Added extends object>(
  ask: (answers: In, ask: Ask) => Promise<StepAnswer<Added>>,
): WizardStep<In, Added> {
  return stepOf<In, Added>(undefined, ask, {});
}

/** When a question is not asked. */
export interface Standing<in In, Added> {
  /** The answer where it is known. While the question is only counted, less than all may be answered before it. */
  readonly known?: (soFar: Partial<In>) => Added | undefined;
  /** Whether an answer of before stands after something else was changed; absent: it is asked for again. */
  readonly stands?: (answer: Added, answers: In) => boolean;
}

/** As {@link question}, for one that {@link BackTo} can lead to. */
export function namedQuestion<In extends object, Added extends object>(
  name: StepName,
  ask: AskStep<In, Added>,
  standing: Standing<In, NoInfer<Added>> = {},
): WizardStep<In, Added> {
  return stepOf(name, ask, standing);
}

function stepOf<In extends object, Added extends object>(
  name: StepName | undefined,
  ask: AskStep<In, Added>,
  { known = () => undefined, stands = () => false }: Standing<In, Added>,
): WizardStep<In, Added> {
  return {
    run: async (answers, course, next) => {
      let { kept } = course;
      const before = keptAnswer<Added>(name, kept);
      const standing = before !== undefined && stands(before.added, answers) ? before : undefined;
      let answer = standing?.added ?? known(answers);
      let counted = before?.counted ?? false;
      let isChanged = false;
      let now = before?.added;
      for (;;) {
        if (answer === undefined) {
          const isBesides = isChanged || (kept !== undefined && name !== undefined);
          const heading = isBesides ? besides(course, answers) : headingOf(course, answers);
          const reply = await ask(
            answers,
            { prompts: course.prompts, heading, before: namesIn(course) },
            now,
          );
          if (!isExit(reply)) {
            answer = reply;
            counted ||= !isBesides;
          } else {
            if (reply instanceof BackTo) return new BackTo(reply.step, course.given);
            if (reply === LEFT || now === undefined || !isChanged) return reply;
            answer = now;
          }
        }
        course.watch({ ...answers, ...answer });
        const end = await next(answer, {
          asked: course.asked + (counted ? 1 : 0),
          given: withAnswer(course.given, name, { added: answer, counted }),
          kept,
        });
        isChanged = end instanceof BackTo && end.step === name;
        if (!isChanged && !(end === BACK && counted)) return end;
        kept = end instanceof BackTo ? end.given : undefined;
        now = answer;
        answer = undefined;
      }
    },
    ahead: (soFar) => (known(soFar as Partial<In>) === undefined ? 1 : 0),
  };
}

/** Under the name of a step, nothing but an answer of that step was ever put. */
function keptAnswer<Added extends object>(
  name: StepName | undefined,
  kept: Given | undefined,
): (GivenAnswer & { readonly added: Added }) | undefined {
  const found = name === undefined ? undefined : kept?.get(name);
  return found as (GivenAnswer & { readonly added: Added }) | undefined;
}

function withAnswer(given: Given, name: StepName | undefined, answer: GivenAnswer): Given {
  return name === undefined ? given : new Map([...given, [name, answer]]);
}

function namesIn({ given }: Course): readonly StepName[] {
  return [...given.keys()];
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
      return isExit(added) ? added : await next(added, unmoved(course));
    },
    ahead: () => 0,
  };
}

/** The total is the most that can come, so that it never grows on the way. */
function headingOf({ title, asked, later }: Course, soFar: object): Heading {
  return {
    title: title(soFar),
    step: asked + 1,
    totalSteps: asked + 1 + later(soFar),
    canGoBack: asked > 0,
  };
}

/** Of a question that is asked once more by itself: it has no place in the count. */
function besides({ title }: Course, soFar: object): Heading {
  return { title: title(soFar), step: 0, totalSteps: 0, canGoBack: true };
}

/** Turns an answer into a part of the answers, leaving Back and leaving as they are. */
export function into<T, P>(answer: StepAnswer<T>, part: (value: T) => P): StepAnswer<P> {
  return isExit(answer) ? answer : part(answer);
}

export function isExit<T>(answer: StepAnswer<T>): answer is typeof BACK | typeof LEFT | BackTo {
  return answer === BACK || answer === LEFT || answer instanceof BackTo;
}
