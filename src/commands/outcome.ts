/** Why an operation ended as it did, in sentences, from what AWS said of it. */
import type { UpdateError } from '../model/eks';
import type { Facts } from '../model/json';
import type { Operation } from '../operations/operation';
import type { UnknownEnd } from '../upgrade/look';
import { updateErrorRemedy } from '../upgrade/remedies/update-errors';
import type { Translate } from '../view/words/translate';
import { unknownEndWords, updateErrorWords } from '../view/words/upgrade';

export function outcomeWords({ outcome }: Operation, t: Translate): string | undefined {
  const facts: Facts = outcome?.facts ?? {};
  const errors = facts['errors'];
  if (Array.isArray(errors)) {
    return (errors as unknown as readonly UpdateError[])
      .map((error) => updateErrorWords(error, updateErrorRemedy(error.code), t))
      .join(' ');
  }
  const why = facts['why'];
  return outcome?.state === 'unknown' && typeof why === 'string'
    ? unknownEndWords(why as UnknownEnd, facts, t)
    : undefined;
}
