/** Catalogues of sentences by code. Their type demands a sentence for each code, and allows no other. */
import type { Coded, FactsByCode } from '../../model/coded';

/** One sentence, or a few, for each code of `E`, made from the facts of that code. */
export type Sentences<E extends Coded> = {
  readonly [C in E['code']]: (facts: FactsByCode<E>[C]) => string;
};

/** The sentence for a finding. */
export function say<E extends Coded>(sentences: Sentences<E>, found: E): string {
  // Each sentence takes the facts of its own code, but TypeScript cannot check that for a union of codes.
  return (sentences[found.code as E['code']] as (facts: object) => string)(found.facts);
}
