/** Codes and the facts of each, typed so that a missing sentence for a code does not compile. */

/** The facts of a code that has none. */
export type NoFacts = Readonly<Record<never, never>>;

/** Anything that has a code and its facts. */
export interface Coded {
  readonly code: string;
  readonly facts: object;
}

/** One entry of a catalogue `M` that maps each code to its facts. */
export type CodedOf<M> = { readonly [C in keyof M]: { readonly code: C; readonly facts: M[C] } }[keyof M];

/** The facts of each code among `E`. */
export type FactsByCode<E extends Coded> = {
  readonly [C in E['code']]: Extract<E, { readonly code: C }>['facts'];
};

/** The facts of a code as arguments of a call; no argument for a code without facts. */
export type FactsArgument<F> = [keyof F] extends [never]
  ? []
  : Partial<F> extends F
    ? [facts?: F]
    : [facts: F];
