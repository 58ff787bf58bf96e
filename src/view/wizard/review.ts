/** The last question before anything is sent: the plan in a few lines, the whole of it at a click, and the way to go. */
import { t } from '../l10n';
import { type Answer, BACK, type Choice, LEFT } from './prompts';
import type { Ask } from './wizard';

export interface ReviewLine {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly icon: string;
  /** Heading under which the line stands. */
  readonly group: string;
}

export interface Review {
  /** What is about to happen, in one sentence. */
  readonly question: string;
  /** Absent: something blocks, and only Back helps. */
  readonly go?: { readonly label: string; readonly detail?: string };
  readonly lines: readonly ReviewLine[];
  /** Opens the plan as a page. */
  showPlan(): Promise<void>;
}

/** True once the user says go. Looking at the plan does not answer the question. */
export async function askReview({ prompts, heading }: Ask, review: Review): Promise<Answer<true>> {
  const choices: readonly Choice<'go' | 'plan'>[] = [
    ...(review.go ? [{ value: 'go', icon: 'rocket', ...review.go } as const] : []),
    { value: 'plan', label: t('Show the whole plan'), icon: 'open-preview' },
    ...review.lines.map((line) => ({ value: 'plan', ...line }) as const),
  ];
  for (;;) {
    const answer = await prompts.pick<'go' | 'plan'>(heading, { placeholder: review.question, choices });
    if (answer === BACK || answer === LEFT) return answer;
    if (answer === 'go') return true;
    await review.showPlan();
  }
}

/** Asks for a text that has to be typed letter by letter, so that nobody confirms by habit. */
export async function askTyped(
  { prompts, heading }: Ask,
  prompt: string,
  expected: string,
): Promise<Answer<true>> {
  const typed = await prompts.input(heading, {
    prompt,
    placeholder: expected,
    check: (text) => (text === expected ? undefined : t('Type "{0}"', { 0: expected })),
  });
  return typed === BACK || typed === LEFT ? typed : true;
}
