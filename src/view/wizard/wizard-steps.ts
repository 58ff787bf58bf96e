/** The steps of a wizard, typed by their answers: a step may read only the answers of the steps before it. */
import { type Answer, BACK, type Heading, LEFT, type Prompts } from './prompts';

/** The prompts, and the title, step count and Back button of the question that a step asks. */
export interface Ask {
  readonly prompts: Prompts;
  readonly heading: Heading;
  /** Named questions that have an answer, whether they were asked or skipped: {@link BackTo} leads to any of them. */
  readonly before?: readonly StepName[];
}

/**
 * Leads back to the question of this name, even if it was skipped. The questions after it are not asked again
 * if their answers are {@link QuestionRules.stands still valid}.
 */
export class BackTo {
  constructor(
    readonly step: StepName,
    /** The answers given so far. The step adds them when its question answers with a `BackTo`. */
    readonly given: Given = new Map(),
  ) {}
}

/** An answer to a question, or a way to leave the question. */
export type StepAnswer<T> = Answer<T> | BackTo;

/** The answers to questions that have a name. */
type Given = ReadonlyMap<StepName, GivenAnswer>;

interface GivenAnswer {
  readonly added: object;
  /** True if the question was asked in its turn, and therefore counts as a step. */
  readonly counted: boolean;
}

/** The title of a wizard; it may depend on the answers so far. */
export type Title = (soFar: object) => string;

/** What a step gets from its wizard, such as the prompts and the progress so far. */
export interface Course {
  readonly title: Title;
  readonly prompts: Prompts;
  /**
   * Called with all answers so far whenever a question is answered, whether it was asked or its answer was
   * known.
   */
  readonly watch: (answers: object) => void;
  /** The number of counted questions that were asked before this step. */
  readonly asked: number;
  readonly given: Given;
  /**
   * After a {@link BackTo}: the answers to named questions that were given before it, so that questions whose
   * answers still stand are not asked again. Undefined otherwise.
   */
  readonly kept: Given | undefined;
  /** The maximum number of questions that may still follow this step. */
  readonly later: (soFar: object) => number;
}

/** The progress of a wizard, as one step hands it to the next. */
type Reached = Pick<Course, 'asked' | 'given' | 'kept'>;

/** The unchanged progress, for a step that asks nothing. */
export function unmoved({ asked, given, kept }: Course): Reached {
  return { asked, given, kept };
}

/**
 * Runs the steps after a step. If the promise resolves with BACK, the step asks its question again; a step
 * without a counted question passes BACK on to the step before.
 */
type Next<Added, End> = (added: Added, reached: Reached) => Promise<StepAnswer<End>>;

/** Runs a step, and then the steps after it. */
export type Run<In, Added> = <End>(
  answers: In,
  course: Course,
  next: Next<Added, End>,
) => Promise<StepAnswer<End>>;

/**
 * One step of a wizard, or several.
 * @template In the answers that must exist before the steps run
 * @template Added the answers that the steps add
 */
export interface WizardStep<in In extends object, out Added extends object> {
  readonly run: Run<In, Added>;
  /** The maximum number of questions that the steps ask, given the answers so far. */
  readonly ahead: (soFar: object) => number;
}

/** A step that is skipped when its answer is known. */
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

/** Adds values that follow from the answers, without asking. */
export function derived<In extends object, Added extends object>(
  from: (answers: In) => Added,
): WizardStep<In, Added> {
  return {
    run: (answers, course, next) => next(from(answers), unmoved(course)),
    ahead: () => 0,
  };
}

/** Asks a question. `now` is the earlier answer, where the question is asked again. */
type AskStep<In, Added> = (
  answers: In,
  ask: Ask,
  now: Added | undefined,
) => Promise<StepAnswer<NoInfer<Added>>>;

/** A question that is asked each time that the user comes to it. */
export function question<In extends object, Added extends object>(
  ask: (answers: In, ask: Ask) => Promise<StepAnswer<Added>>,
): WizardStep<In, Added> {
  return stepOf<In, Added>(undefined, ask, {});
}

/** The rules by which a question is skipped. */
export interface QuestionRules<in In, Added> {
  /** The answer, if it is known without asking. Also called to count steps, when earlier answers may be missing. */
  readonly known?: (soFar: Partial<In>) => Added | undefined;
  /**
   * True if an earlier answer is still valid after another answer was changed. Absent: such an earlier answer is
   * never valid.
   */
  readonly stands?: (answer: Added, answers: In) => boolean;
}

/** As {@link question}, but {@link BackTo} can lead to it, and `rules` may skip it. */
export function namedQuestion<In extends object, Added extends object>(
  name: StepName,
  ask: AskStep<In, Added>,
  rules: QuestionRules<In, NoInfer<Added>> = {},
): WizardStep<In, Added> {
  return stepOf(name, ask, rules);
}

function stepOf<In extends object, Added extends object>(
  name: StepName | undefined,
  ask: AskStep<In, Added>,
  { known = () => undefined, stands = () => false }: QuestionRules<In, Added>,
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
          const isUncounted = isChanged || (kept !== undefined && name !== undefined);
          const heading = isUncounted ? uncountedHeading(course, answers) : headingOf(course, answers);
          const reply = await ask(
            answers,
            { prompts: course.prompts, heading, before: namesIn(course) },
            now,
          );
          if (!isExit(reply)) {
            answer = reply;
            counted ||= !isUncounted;
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

/**
 * The kept answer of a step. `kept` holds under the step's name only answers of that step, so the cast to their type is
 * safe.
 */
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
 * Waits for `read`, such as a read of the data that the next questions need. This step is not counted, and
 * Back passes over it.
 * @param words shown meanwhile, such as `Reading the node group…`
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

/**
 * The heading of a question that counts as a step. Its total includes all questions that may still come, so
 * that the total never has to grow.
 */
function headingOf({ title, asked, later }: Course, soFar: object): Heading {
  return {
    title: title(soFar),
    step: asked + 1,
    totalSteps: asked + 1 + later(soFar),
    canGoBack: asked > 0,
  };
}

/** The heading of a question that is asked again separately, and is therefore not counted. */
function uncountedHeading({ title }: Course, soFar: object): Heading {
  return { title: title(soFar), step: 0, totalSteps: 0, canGoBack: true };
}

/**
 * Passes an answer through `part`, which makes it a member of the wizard's answers. `BACK`, `LEFT` and a
 * {@link BackTo} stay as they are.
 */
export function into<T, P>(answer: StepAnswer<T>, part: (value: T) => P): StepAnswer<P> {
  return isExit(answer) ? answer : part(answer);
}

export function isExit<T>(answer: StepAnswer<T>): answer is typeof BACK | typeof LEFT | BackTo {
  return answer === BACK || answer === LEFT || answer instanceof BackTo;
}

/** The names of wizard questions, by which a {@link BackTo} leads to them. */
export type StepName =
  | 'connection'
  | 'source'
  | 'bucket'
  | 'order'
  | 'zip'
  | 'prefix'
  | 'strategy'
  | 'script'
  | 'arguments'
  | 'template'
  | 'version'
  | 'release'
  | 'force'
  | 'amount';
