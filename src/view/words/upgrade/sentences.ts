/** Sentences by code: a catalogue that is whole by its type. */

/** One sentence, or a few, for each code of a catalogue `M`. */
export type Sentences<M> = { readonly [C in keyof M]: (facts: M[C]) => string };

/** The sentence for a finding. */
export function say<M, C extends keyof M>(
  sentences: Sentences<M>,
  finding: { readonly code: C; readonly facts: M[C] },
): string {
  return sentences[finding.code](finding.facts);
}
