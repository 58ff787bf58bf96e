/** The last question before anything is sent: the plan in a few lines, the whole of it at a click, and the way to go. */
import * as l10n from '@vscode/l10n';
import { type Answer, BACK, type Choice, LEFT } from './prompts';
import type { Ask } from './wizard-steps';

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
  readonly label: string;
  readonly detail?: string;
  readonly icon: string;
  show(): Promise<void>;
}

/** What has to be agreed to before an answer counts. */
export interface Agreement {
  readonly prompt: string;
  /** A name to be typed letter by letter, so that nobody agrees by habit; absent: a click is enough. */
  readonly typed?: string;
}

/** Carrying the plan out. */
export interface Go {
  readonly label: string;
  readonly detail?: string;
  /** What the plan wants agreed to before. */
  readonly agreements?: readonly Agreement[];
}

/** An answer that goes on past what the plan says. It is never the row that Enter takes, and it is agreed to. */
export interface Override<O> extends Go {
  readonly value: O;
  readonly icon: string;
  readonly agreements: readonly [Agreement, ...Agreement[]];
}

/** The page of the plan that is asked about. */
export interface PlanPage {
  show(): Promise<void>;
  /** Closes whatever plan is shown. */
  close(): Promise<void>;
}

/** @template O the answers besides go. */
export interface Review<O extends string = never> {
  /** What is about to happen, in one sentence. */
  readonly question: string;
  /** Absent: a check stops the plan, and only Back or an override helps. */
  readonly go?: Go;
  readonly lines: readonly ReviewLine[];
  readonly overrides?: readonly Override<O>[];
  readonly previews?: readonly Preview[];
  readonly page: PlanPage;
}

/**
 * True once the user says go, or an override; what either wants agreed to has been agreed to then. Looking at something does not
 * answer the question.
 * No other plan is shown beside it, and when the question is left without an answer its own plan goes as well.
 */
export async function askReview<O extends string = never>(
  ask: Ask,
  review: Review<O>,
): Promise<Answer<true | O>> {
  await review.page.close();
  const answer = await askUntilAnswered(ask, review);
  if (answer !== true) await review.page.close();
  return answer;
}

async function askUntilAnswered<O extends string>(
  ask: Ask,
  { question, go, overrides = [], previews = [], lines, page }: Review<O>,
): Promise<Answer<true | O>> {
  type Action =
    | { readonly answer: true | O; readonly agreements: readonly Agreement[] }
    | { readonly show: () => Promise<void> };
  const answering = (
    answer: true | O,
    icon: string,
    { agreements = [], label, detail }: Go,
  ): Choice<Action> => ({
    value: { answer, agreements },
    label,
    ...(detail !== undefined && { detail }),
    icon,
  });
  const showPlan = { show: () => page.show() };
  const choices: readonly Choice<Action>[] = [
    ...(go ? [answering(true, 'rocket', go)] : []),
    // Without go the first row is what Enter takes: it had better be something to look at.
    ...previews.map(({ show, ...preview }) => ({ ...preview, value: { show } })),
    { value: showPlan, label: l10n.t('Show the whole plan'), icon: 'open-preview' },
    ...overrides.map((override) => answering(override.value, override.icon, override)),
    ...lines.map((line) => ({ ...line, value: showPlan })),
  ];
  for (;;) {
    const action = await ask.prompts.pick<Action>(ask.heading, { placeholder: question, choices });
    if (action === BACK || action === LEFT) return action;
    if ('show' in action) {
      await action.show();
      continue;
    }
    const agreed = await askAgreements(ask, action.agreements);
    if (agreed === LEFT) return LEFT;
    if (agreed === true) return action.answer;
  }
}

/** Asks for each of them. Back leads to the question before all of them. */
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
