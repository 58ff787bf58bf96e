/** Lists with rows that only say something, beside those that can be taken. */
import type { Answer, PickQuestion } from './prompts';
import type { Ask } from './wizard-steps';

/** Stands for a row that only says something. */
export const NOTICE = Symbol('notice');

/** As {@link Prompts.pick}, where a row that only says something answers nothing. */
export async function pickBeside<T>(
  { prompts, heading }: Ask,
  question: PickQuestion<T | typeof NOTICE>,
): Promise<Answer<T>> {
  for (;;) {
    const picked = await prompts.pick(heading, question);
    if (picked !== NOTICE) return picked;
  }
}
