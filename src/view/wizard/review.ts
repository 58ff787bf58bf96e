/**
 * The last question before anything is sent: as a short list, or on the page of the plan, which has buttons of its own.
 */
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

/** Something that can be looked at before the question is answered. */
export interface Preview {
  /** The name by which a finding on the page refers to this preview. */
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon: string;
  show(): Promise<void>;
}

/** An answer that the plan was made from, and that the user can change. */
export interface ReviewAnswer {
  /** The question that changes it. */
  readonly step: StepName;
  /** What it is: `Bucket`. */
  readonly label: string;
  readonly value: string;
}

/** What has to be agreed to before an answer counts. */
export interface Agreement {
  readonly prompt: string;
  /** A name to be typed letter by letter, so that nobody agrees by habit; absent: a click is enough. */
  readonly typed?: string;
}

/** The answer that carries the plan out. */
export interface Go {
  readonly label: string;
  readonly detail?: string;
  /** What the user has to agree to first. */
  readonly agreements?: readonly Agreement[];
}

/**
 * An answer that carries the plan out in spite of a check. Enter never takes its row, and the user has to agree to it.
 */
export interface Override<O> extends Go {
  readonly value: O;
  readonly icon: string;
  readonly agreements: readonly [Agreement, ...Agreement[]];
}

/** What the user can do with a plan. */
export interface Offer<O extends string> {
  /** Absent: a check stops the plan, and only a change or an override helps. */
  readonly go?: Go;
  readonly overrides: readonly Override<O>[];
  readonly previews: readonly Preview[];
  /** True if an answer can be changed, or there is an earlier question to go back to. */
  readonly canChange: boolean;
  /** Questions that a finding's button can lead back to. */
  readonly steps: readonly StepName[];
}

/** The button that was pressed on the page of a plan. */
export type Pressed<O extends string> =
  | { readonly kind: 'go' }
  | { readonly kind: 'override'; readonly value: O }
  /** Without a step: the user then chooses what to change, or goes back one question. */
  | { readonly kind: 'change'; readonly step?: StepName }
  /** Cancelled, or the page was closed. */
  | { readonly kind: 'leave' };

/** The page of the plan that is asked about. */
export interface PlanPage<O extends string> {
  /** Shows the plan with its buttons. Resolves with the first press that answers; other buttons only show something. */
  ask(offer: Offer<O>): Promise<Pressed<O>>;
  /** Closes the page of every plan that is not carried out. */
  close(): void;
  /** The user has said go: the page says so from now on, if it is open. */
  carriedOut(): void;
}

/** @template O the answers besides go. */
export interface Review<O extends string = never> {
  /** What is about to happen, in one sentence. */
  readonly question: string;
  readonly go?: Go;
  /** Only what the user has to know before answering. */
  readonly lines: readonly ReviewLine[];
  /** Answers whose question was not asked, or can be asked again by itself. */
  readonly answers?: readonly ReviewAnswer[];
  readonly overrides?: readonly Override<O>[];
  readonly previews?: readonly Preview[];
  readonly page: PlanPage<O>;
}

/**
 * Resolves with true, or with an override, once the user has chosen it and agreed to all that it demands. A preview is
 * no answer. The pages of other plans are closed first, and this plan's page closes if the user leaves.
 * @param first where to ask: in the list, which has a row for the page, or on the page at once.
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

/** Adds a confirmation to go, if the user's setting asks for one and go demands none yet. */
function withConfirmation<O extends string>(review: Review<O>): Review<O> {
  const { go, question } = review;
  if (!go || (go.agreements ?? []).length > 0 || choiceSetting('confirmations') === 'plan') return review;
  return { ...review, go: { ...go, agreements: [{ prompt: question }] } };
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
    // Enter takes the first row: without go, that is a preview.
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

/** Back from an agreement leads to the page again. */
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

/** The answers that can be changed: those of questions that come before this one, asked or answered without asking. */
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

/** Asks for one agreement after the other. Back leads to the question before the first. */
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
