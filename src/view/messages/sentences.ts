/** Sentences by code: a catalogue that is whole by its type, and holds none for a code that there is not. */
import type { Coded, FactsByCode } from '../../model/coded';

/** One sentence, or a few, for each code of `E`, made from the facts of that code. */
export type Sentences<E extends Coded> = {
  readonly [C in E['code']]: (facts: FactsByCode<E>[C]) => string;
};

/** The sentence for what was found. */
export function say<E extends Coded>(sentences: Sentences<E>, found: E): string {
  // The catalogue has a sentence for each code of E, and it takes the facts that belong to that code.
  return (sentences[found.code as E['code']] as (facts: object) => string)(found.facts);
}
