/**
 * Types for codes, such as those of refusals and checks, and for the facts that belong to each code. They
 * make the compiler report each code for which `view` lacks a sentence.
 */

/** In a catalogue, declares that a code has no facts. */
export type NoFacts = Readonly<Record<never, never>>;

/** A code, such as that of a refusal, with the facts that belong to the code. */
export interface Coded {
  readonly code: string;
  readonly facts: object;
}

/** A code of the catalogue `M` with its facts; `M` maps each code to the type of its facts. */
export type CodedOf<M> = { readonly [C in keyof M]: { readonly code: C; readonly facts: M[C] } }[keyof M];

/** Maps each code of the union `E` to the type of its facts. */
export type FactsByCode<E extends Coded> = {
  readonly [C in E['code']]: Extract<E, { readonly code: C }>['facts'];
};

/**
 * A code's facts as arguments of a call: no argument for a code without facts, an optional argument if all
 * facts are optional.
 */
export type FactsArgument<F> = [keyof F] extends [never]
  ? []
  : Partial<F> extends F
    ? [facts?: F]
    : [facts: F];
