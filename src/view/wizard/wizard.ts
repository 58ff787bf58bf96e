/**
 * A wizard: typed steps over immutable answers. `wizard<Picked>().and(first).and(second)` asks one after the other;
 * `when` asks only under a condition; `branch` chooses one of several alternatives. Back returns from one step to the
 * step before it.
 */
import type { Answer, PickQuestion, Prompts } from './prompts';
import { type Ask, answered, isExit, type Run, type Title, unmoved, type WizardStep } from './wizard-steps';

/** Steps in order, to which more can be added. */
export class Wizard<In extends object, Added extends object> implements WizardStep<In, Added> {
  constructor(
    readonly run: Run<In, Added>,
    readonly ahead: (soFar: object) => number,
  ) {}

  /** Adds steps, which may read the answers of the steps before them. */
  and<More extends object>(others: WizardStep<In & Added, More>): Wizard<In, Added & More> {
    return new Wizard<In, Added & More>(
      (answers, course, next) =>
        this.run(
          answers,
          { ...course, later: (soFar) => others.ahead(soFar) + course.later(soFar) },
          (added, reached) =>
            others.run({ ...answers, ...added }, { ...course, ...reached }, (more, all) =>
              next({ ...added, ...more }, all),
            ),
        ),
      (soFar) => this.ahead(soFar) + others.ahead(soFar),
    );
  }

  /**
   * Adds the alternative that `take` chooses.
   * @param reads the answers that `take` needs
   * @param supposed how many questions to count while one of those answers is missing
   */
  branch<Key extends keyof (In & Added), More extends object>(
    reads: readonly Key[],
    take: (answers: Pick<In & Added, Key>) => WizardStep<In & Added, More>,
    supposed: number,
  ): Wizard<In, Added & More> {
    return this.and(
      new Wizard<In & Added, More>(
        (answers, course, next) => take(answers).run(answers, course, next),
        (soFar) => (isAnswered<In & Added, Key>(soFar, reads) ? take(soFar).ahead(soFar) : supposed),
      ),
    );
  }

  /** As {@link branch}; if `take` returns undefined, nothing is asked. */
  when<Key extends keyof (In & Added), More extends object>(
    reads: readonly Key[],
    take: (answers: Pick<In & Added, Key>) => WizardStep<In & Added, More> | undefined,
    supposed: number,
  ): Wizard<In, Added & Partial<More>> {
    return this.branch<Key, Partial<More>>(reads, (answers) => take(answers) ?? answered({}), supposed);
  }
}

/** A wizard without steps. @template In the answers that the first step may read */
export function wizard<In extends object = object>(): Wizard<In, object> {
  return new Wizard<In, object>(
    (_answers, course, next) => next({}, unmoved(course)),
    () => 0,
  );
}

/**
 * Asks the steps in order. Resolves with all answers, or with undefined when the user left. The wizard itself
 * changes nothing, so the user may leave at any point. Errors of a step are thrown.
 * @param title may depend on the answers so far
 * @param given answers that the steps may read and no question asks for.
 * @param watch called with all answers so far whenever a question is answered, whether it was asked or its
 * answer was known.
 */
export async function runWizard<In extends object, Added extends object>(
  title: string | ((soFar: Partial<In & Added>) => string),
  steps: WizardStep<In, Added>,
  given: In,
  prompts: Prompts,
  watch: (answers: Partial<In & Added>) => void = () => undefined,
): Promise<(In & Added) | undefined> {
  const titled: Title = typeof title === 'string' ? () => title : title;
  const end = await steps.run<In & Added>(
    given,
    { title: titled, prompts, watch, asked: 0, given: new Map(), kept: undefined, later: () => 0 },
    async (added) => ({ ...given, ...added }),
  );
  return isExit(end) ? undefined : end;
}

/** One question outside of any wizard; undefined when the user left. */
export async function pickOne<T>(
  title: string,
  question: PickQuestion<T>,
  prompts: Pick<Prompts, 'pick'>,
): Promise<T | undefined> {
  const answer = await prompts.pick({ title, step: 1, totalSteps: 1, canGoBack: false }, question);
  return isExit(answer) ? undefined : answer;
}

/**
 * True if all keys are answered. The value of an answered key has the right type: no other value is ever
 * stored there.
 */
function isAnswered<In, Key extends keyof In>(soFar: object, keys: readonly Key[]): soFar is Pick<In, Key> {
  return keys.every((key) => key in soFar);
}

/** The value of a row that only informs. */
export const NOTICE = Symbol('notice');

/** As {@link Prompts.pick}, but a row with the value {@link NOTICE} is not an answer: the list is shown again. */
export async function pickBeside<T>(
  { prompts, heading }: Ask,
  question: PickQuestion<T | typeof NOTICE>,
): Promise<Answer<T>> {
  for (;;) {
    const picked = await prompts.pick(heading, question);
    if (picked !== NOTICE) return picked;
  }
}
