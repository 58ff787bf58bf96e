/** The last question before anything is sent: a short list, or the page of the plan, which has its own buttons. */
import * as l10n from '@vscode/l10n';
import { present, presentItems } from '../../model/present';
import { choiceSetting } from '../settings';
import { type Answer, BACK, type Choice, LEFT } from './prompts';
import { type Ask, BackTo, type StepName } from './wizard-steps';

export interface ReviewLine {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon: string;
  /** Heading under which the line stands. */
  readonly group: string;
}

/** A preview that the user can open before answering the question. */
export interface Preview {
  /** The name by which a finding on the page refers to the preview. */
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon: string;
  show(): Promise<void>;
}

/**
 * An answer that the plan was made from. The user can change it if its question is one of the wizard's
 * earlier questions.
 */
export interface ReviewAnswer {
  /** The question that changes the answer. */
  readonly step: StepName;
  /** The label of the answer: `Bucket`. */
  readonly label: string;
  readonly value: string;
}

/** Something that the user has to agree to before an answer counts. */
export interface Agreement {
  readonly prompt: string;
  /** A name that has to be typed letter by letter, so that nobody agrees by habit; absent: a click is enough. */
  readonly typed?: string;
}

/** The answer that carries the plan out. */
export interface Go {
  readonly label: string;
  readonly detail?: string;
  /** The agreements that the user has to give first. */
  readonly agreements?: readonly Agreement[];
}

/**
 * An answer that accepts what a check has found: it carries the plan out nevertheless, or leads to a new
 * plan. Its row is never the first of the list, which Enter would choose, and the user has to agree to it.
 */
export interface Override<O> extends Go {
  readonly value: O;
  readonly icon: string;
  readonly agreements: readonly [Agreement, ...Agreement[]];
}

/** The actions that the user can choose for a plan. */
export interface Offer<O extends string> {
  /** Absent where a check stops the plan, so that only a change or an override helps. */
  readonly go?: Go;
  readonly overrides: readonly Override<O>[];
  readonly previews: readonly Preview[];
  /** True if an answer can be changed, or there is an earlier question to go back to. */
  readonly canChange: boolean;
  /** The questions that the button of a finding can lead back to. */
  readonly steps: readonly StepName[];
}

/** The button that was pressed on the page of a plan. */
export type Pressed<O extends string> =
  | { readonly kind: 'go' }
  | { readonly kind: 'override'; readonly value: O }
  /** If `step` is absent, the user chooses what to change, or goes back one question. */
  | { readonly kind: 'change'; readonly step?: StepName }
  /** The user cancelled, or closed the page. */
  | { readonly kind: 'leave' };

/** The page of the plan that the question is about. */
export interface PlanPage<O extends string> {
  /**
   * Shows the plan with its buttons. Resolves with the first press that is an answer; other buttons only open
   * something.
   */
  ask(offer: Offer<O>): Promise<Pressed<O>>;
  /** Closes the page of every plan that is not carried out. */
  close(): void;
  /**
   * Called when the user has chosen `go` and agreed: the page, if it is open, says from now on that the plan
   * was carried out.
   */
  carriedOut(): void;
}

/** @template O the answers other than `go` */
export interface Review<O extends string = never> {
  /** The question whether to make the change; if the change cannot be made, a text that says so. */
  readonly question: string;
  readonly go?: Go;
  /** Only the facts that the user needs before answering. */
  readonly lines: readonly ReviewLine[];
  /**
   * The answers that the plan was made from. The user can change an answer if its question comes before the
   * review in the wizard.
   */
  readonly answers?: readonly ReviewAnswer[];
  readonly overrides?: readonly Override<O>[];
  readonly previews?: readonly Preview[];
  readonly page: PlanPage<O>;
}

/**
 * Resolves with true if the user carries the plan out, or with the value of the override that the user chose;
 * in both cases the user has given all agreements. Otherwise resolves with a way to leave the question. Opening
 * a preview is not an answer. The pages of other plans are closed first, and this plan's page closes unless
 * the result is true.
 * @param first where to ask first: in the list, which has a row that opens the page, or on the page.
 */
export async function askReview<O extends string = never>(
  ask: Ask,
  review: Review<O>,
  first: 'list' | 'page' = 'list',
): Promise<Answer<true | O> | BackTo> {
  review.page.close();
  const confirmed = withConfirmation(review);
  const answer = first === 'page' ? await askOnPage(ask, confirmed) : await askInList(ask, confirmed);
  if (answer === true) review.page.carriedOut();
  else review.page.close();
  return answer;
}

/**
 * Adds a confirmation if the user's setting asks for one and the plan needs no agreement yet. The label then says that
 * a question follows.
 */
function withConfirmation<O extends string>(review: Review<O>): Review<O> {
  const { go, question } = review;
  if (!go || (go.agreements ?? []).length > 0 || choiceSetting('confirmations') === 'plan') return review;
  const label = l10n.t('{0}…', { 0: go.label });
  return { ...review, go: { ...go, label, agreements: [{ prompt: question }] } };
}

async function askInList<O extends string>(ask: Ask, review: Review<O>): Promise<Answer<true | O> | BackTo> {
  const { question, go, overrides = [], previews = [], lines } = review;
  type Action =
    | BackTo
    | { readonly answer: true | O; readonly agreements: readonly Agreement[] }
    | { readonly show: () => Promise<void> }
    | 'page';
  const answering = (
    answer: true | O,
    icon: string,
    { agreements = [], label, detail }: Go,
  ): Choice<Action> => ({
    value: { answer, agreements },
    label,
    ...present({ detail }),
    icon,
  });
  const choices: readonly Choice<Action>[] = [
    ...presentItems(go && answering(true, 'rocket', go)),
    // Enter chooses the first row: where a check stops the plan, that row is a preview or leads to the page.
    ...previews.map(({ show, label, detail, icon }) => ({
      value: { show },
      label,
      ...present({ detail }),
      icon,
    })),
    { value: 'page', label: l10n.t('Show the whole plan'), icon: 'open-preview' },
    ...overrides.map((override) => answering(override.value, override.icon, override)),
    ...lines.map((line): Choice<Action> => ({ ...line, value: 'page' })),
    ...answerChoices(ask, review, l10n.t('Change…')),
  ];
  for (;;) {
    const action = await ask.prompts.pick<Action>(ask.heading, { placeholder: question, choices });
    if (action === BACK || action === LEFT || action instanceof BackTo) return action;
    if (action === 'page') return await askOnPage(ask, review);
    if ('show' in action) {
      await action.show();
      continue;
    }
    const agreed = await askAgreements(ask, action.agreements);
    if (agreed === LEFT) return LEFT;
    if (agreed === true) return action.answer;
  }
}

/** Asks on the page of the plan. Back from an agreement returns to the page. */
async function askOnPage<O extends string>(ask: Ask, review: Review<O>): Promise<Answer<true | O> | BackTo> {
  const { go, overrides = [], previews = [], page } = review;
  const answers = answerChoices(ask, review);
  const offer: Offer<O> = {
    ...present({ go }),
    overrides,
    previews,
    canChange: ask.heading.canGoBack || answers.length > 0,
    steps: ask.before ?? [],
  };
  for (;;) {
    const pressed = await page.ask(offer);
    if (pressed.kind === 'leave') return LEFT;
    if (pressed.kind === 'change') {
      if (pressed.step !== undefined) return new BackTo(pressed.step);
      if (answers.length === 0) return BACK;
      const changed = await askWhatToChange(ask, answers);
      if (changed === BACK) continue;
      return changed;
    }
    const [answer, chosen] =
      pressed.kind === 'go'
        ? [true as const, go]
        : [pressed.value, overrides.find(({ value }) => value === pressed.value)];
    const agreed = chosen === undefined ? BACK : await askAgreements(ask, chosen.agreements ?? []);
    if (agreed === LEFT) return LEFT;
    if (agreed === true) return answer;
  }
}

/**
 * The answers of the review that can be changed: those whose questions come before the review in the wizard,
 * whether the questions were asked or skipped.
 */
function answerChoices<O extends string>(
  { before = [] }: Ask,
  { answers = [] }: Pick<Review<O>, 'answers'>,
  group?: string,
): readonly Choice<BackTo>[] {
  return answers
    .filter(({ step }) => before.includes(step))
    .map(({ step, label, value }) => ({
      value: new BackTo(step),
      label,
      description: value,
      icon: 'edit',
      ...present({ group }),
    }));
}

function askWhatToChange(
  { prompts, heading }: Ask,
  choices: readonly Choice<BackTo>[],
): Promise<Answer<BackTo>> {
  const uncounted = { ...heading, step: 0, totalSteps: 0, canGoBack: true };
  return prompts.pick(uncounted, { placeholder: l10n.t('Choose what to change'), choices });
}

/**
 * Asks for the agreements, one after the other. Back from any of them leads to the question before the first
 * agreement.
 */
export async function askAgreements(
  { prompts, heading: { title, step, totalSteps } }: Ask,
  agreements: readonly Agreement[],
): Promise<Answer<true>> {
  const heading = { title, step, totalSteps, canGoBack: true };
  for (const { prompt, typed } of agreements) {
    const answer =
      typed === undefined
        ? await prompts.pick<true>(heading, {
            placeholder: prompt,
            choices: [{ value: true, label: l10n.t('Go on'), icon: 'check' }],
          })
        : await prompts.input(heading, {
            prompt,
            placeholder: typed,
            check: (text) => (text === typed ? undefined : l10n.t('Type "{0}"', { 0: typed })),
          });
    if (answer === BACK || answer === LEFT) return answer;
  }
  return true;
}
