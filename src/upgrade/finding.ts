/** Findings: a code with the facts that belong to it, so that every code can be worded, exhaustively and typed. */

/** One finding of a catalogue `M` that maps each code to its facts. */
export type Finding<M> = { readonly [C in keyof M]: { readonly code: C; readonly facts: M[C] } }[keyof M];

/** The facts of a code that says it all. */
export type NoFacts = Readonly<Record<never, never>>;
