/**
 * The means to declare a check: its possible findings, and for each finding its facts, its verdict and its remedy. Each
 * check is declared once, in a file of its own room.
 */
import type { FactsArgument, NoFacts } from '../model/coded';
import type { Judged, Verdict } from './verdict';

/** Exists only in types: the key of a member that carries the type of the facts. */
declare const FACTS: unique symbol;

/**
 * The meaning of a finding for the plan. `F`: the facts for the finding's sentence; `R`: the names of the
 * possible remedies.
 */
export interface Meaning<F extends object = object, R extends string = string> {
  readonly verdict: Verdict;
  readonly remedy?: R;
  readonly [FACTS]?: F;
}

type Meanings = Readonly<Record<string, Meaning>>;
type FactsIn<M> = M extends Meaning<infer F> ? F : never;
type RemedyIn<M> = M extends Meaning<object, infer R> ? R : never;

/** The findings of a check: one type for each code, distinguished by the code. */
export type FindingOf<Id extends string, M extends Meanings, C extends keyof M> = {
  readonly [Code in C]: Judged & {
    readonly id: Id;
    readonly code: Code;
    readonly facts: FactsIn<M[Code]>;
    readonly remedy?: RemedyIn<M[Code]>;
  };
}[C];

/** The intersection of the facts of all codes `C`. */
type FactsOfAll<M, C extends keyof M> = {
  readonly [Code in C]: (facts: FactsIn<M[Code]>) => void;
}[C] extends (facts: infer F) => void
  ? F
  : never;

export interface DeclaredCheck<Id extends string, M extends Meanings> {
  /** The finding, with the verdict and the remedy that were declared for its code. */
  found<C extends keyof M>(code: C, ...facts: FactsArgument<FactsOfAll<M, C>>): FindingOf<Id, M, C>;
}

/**
 * Declares a check and, by code, everything that it can find. Only a declared check makes findings, so
 * the compiler can require a sentence for each code that may be found, and reject a sentence for any
 * other code (see `Sentences`).
 */
export function declareCheck<const Id extends string, const M extends Meanings>(
  id: Id,
  meanings: M,
): DeclaredCheck<Id, M> {
  return {
    found<C extends keyof M>(code: C, ...[facts = {}]: readonly unknown[]) {
      const { verdict, remedy } = meanings[code] as Meaning;
      // The signature ensures that the facts belong to the code.
      return { id, code, verdict, facts, ...(remedy && { remedy }) } as unknown as FindingOf<Id, M, C>;
    },
  };
}

/**
 * One function for each verdict, which makes the meaning of a finding with that verdict. `R`: the names of
 * the possible remedies; `F`: the facts for the finding's sentence.
 */
export interface Verdicts<R extends string> {
  pass<F extends object = NoFacts>(): Meaning<F, R>;
  warn<F extends object = NoFacts>(remedy?: R): Meaning<F, R>;
  confirm<F extends object = NoFacts>(remedy: R): Meaning<F, R>;
  block<F extends object = NoFacts>(remedy: R): Meaning<F, R>;
  unknown<F extends object = NoFacts>(remedy?: R): Meaning<F, R>;
}

/** The functions that declare the meanings of findings, for checks whose remedies are `R`. */
export function verdictsWith<R extends string>(): Verdicts<R> {
  const meaning =
    (verdict: Verdict) =>
    <F extends object>(remedy?: R): Meaning<F, R> => ({ verdict, ...(remedy && { remedy }) });
  return {
    pass: meaning('pass'),
    warn: meaning('warn'),
    confirm: meaning('confirm'),
    block: meaning('block'),
    unknown: meaning('unknown'),
  };
}
