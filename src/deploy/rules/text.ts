/**
 * Rules for one text: its length, the permitted characters, and whether it has to begin and end with a
 * letter or digit. Every character of the text is checked.
 */
import type { RuleField, TextBreach } from './breach';

export interface TextRule {
  readonly field: RuleField;
  readonly min: number;
  readonly max: number;
  /** Matches one permitted character. */
  readonly character: RegExp;
  /** The permitted characters as the user sees them, in a form that needs no translation: `a–z 0–9 . -`. */
  readonly allowed: string;
  /** True if the first and the last character have to be letters or digits. */
  readonly edges?: boolean;
  /** True if the text may be a secret, so that a breach must not contain it. */
  readonly secret?: boolean;
}

const LETTER_OR_DIGIT = /^[a-zA-Z0-9]$/;

/** The first breach of the rule that is found in `value`; undefined if there is none. */
export function breachOf(rule: TextRule, value: string): TextBreach | undefined {
  const { field, min, max, allowed } = rule;
  const told = rule.secret ? {} : { value };
  if (value.length < min) return { code: 'too-short', field, facts: { ...told, min } };
  if (value.length > max) return { code: 'too-long', field, facts: { length: value.length, max } };
  const found = [...value].find((character) => !rule.character.test(character));
  if (found !== undefined) return { code: 'characters', field, facts: { ...told, found, allowed } };
  const outer = [value.at(0), value.at(-1)];
  if (rule.edges && outer.some((character) => !LETTER_OR_DIGIT.test(character ?? ''))) {
    return { code: 'edges', field, facts: told };
  }
  return undefined;
}
