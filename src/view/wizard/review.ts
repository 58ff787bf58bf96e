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

/** Something that can be looked at before the question is answered. */
export interface Look {
  readonly label: string;
  readonly detail?: string;
  readonly icon: string;
  show(): Promise<void>;
}

/** An answer besides go and Back. */
export interface Way<W> {
  readonly value: W;
  readonly label: string;
  readonly detail?: string;
  readonly icon: string;
}

/** @template W the answers besides go. */
export interface Review<W extends string = never> {
  /** What is about to happen, in one sentence. */
  readonly question: string;
  /** Absent: something blocks, and only Back helps. */
  readonly go?: { readonly label: string; readonly detail?: string };
  readonly lines: readonly ReviewLine[];
  readonly ways?: readonly Way<W>[];
  readonly looks?: readonly Look[];
  /** Opens the plan as a page. */
  showPlan(): Promise<void>;
}

/** True once the user says go, or another way. Looking at something does not answer the question. */
export async function askReview<W extends string = never>(
  { prompts, heading }: Ask,
  review: Review<W>,
): Promise<Answer<true | W>> {
  type Deed = { readonly answer: true | W } | { readonly show: () => Promise<void> };
  const { go, ways = [], looks = [], lines } = review;
  const showPlan = { show: () => review.showPlan() };
  const choices: readonly Choice<Deed>[] = [
    ...(go ? [{ value: { answer: true as const }, icon: 'rocket', ...go }] : []),
    // Without go the first row is what Enter takes: it had better be something to look at.
    ...looks.map(({ show, ...look }) => ({ ...look, value: { show } })),
    ...ways.map(({ value, ...look }) => ({ ...look, value: { answer: value } })),
    { value: showPlan, label: t('Show the whole plan'), icon: 'open-preview' },
    ...lines.map((line) => ({ ...line, value: showPlan })),
  ];
  for (;;) {
    const deed = await prompts.pick<Deed>(heading, { placeholder: review.question, choices });
    if (deed === BACK || deed === LEFT) return deed;
    if ('answer' in deed) return deed.answer;
    await deed.show();
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
