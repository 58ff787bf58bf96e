/** Quick picks in which some rows only inform. */
import type { Answer, PickQuestion } from './prompts';
import type { Ask } from './wizard-steps';

/** The value of a row that only informs. */
export const NOTICE = Symbol('notice');

/** As {@link Prompts.pick}; a row with the value {@link NOTICE} is no answer, and the list is shown again. */
export async function pickBeside<T>(
  { prompts, heading }: Ask,
  question: PickQuestion<T | typeof NOTICE>,
): Promise<Answer<T>> {
  for (;;) {
    const picked = await prompts.pick(heading, question);
    if (picked !== NOTICE) return picked;
  }
}
