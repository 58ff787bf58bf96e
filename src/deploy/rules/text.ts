/** Rules for one text: how long it may be, and which characters stand where. The whole text is matched. */
import type { RuleField, TextBreach } from './breach';

export interface TextRule {
  readonly field: RuleField;
  readonly min: number;
  readonly max: number;
  /** Matches one character that may stand in the text. */
  readonly character: RegExp;
  /** The same characters in words that need no translation: `a–z 0–9 . -`. */
  readonly allowed: string;
  /** First and last character are letters or digits of `character`. */
  readonly edges?: boolean;
  /** The text may be a secret, so that a breach does not hold it. */
  readonly secret?: boolean;
}

const LETTER_OR_DIGIT = /^[a-zA-Z0-9]$/;

/** The first way in which `value` breaks the rule. */
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
