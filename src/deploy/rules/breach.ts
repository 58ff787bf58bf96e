/** A rule that a value breaks: the code names the rule, and the facts describe the value. */

import type { CodedOf } from '../../model/coded';

/** The field whose text breaks a rule. */
export type RuleField =
  /**
   * A member of `slipway.json` that names the place of a target, such as `member.cluster`. Which of these
   * members a target has depends on its kind.
   */
  | `member.${string}`
  | 'accountId'
  | 'argumentKey'
  | 'argumentValue'
  | 'bucket'
  | 'initializationScript'
  | 'key'
  | 'prefix'
  | 'region'
  | 'versionId';

/** `value`: the text that breaks the rule; absent where it may be a secret. */
interface OfText {
  readonly value?: string;
}

export interface BreachFacts {
  /** If `min` is 1, the text is empty. */
  'too-short': OfText & { readonly min: number };
  'too-long': { readonly length: number; readonly max: number };
  /** The text contains the character `found`, where only `allowed` is permitted. */
  characters: OfText & { readonly found: string; readonly allowed: string };
  /** Must begin and end with a letter or digit. */
  edges: OfText;
  /** Must begin with a letter. */
  'first-letter': OfText;
  /** The key is a single letter; `s` is the only key of one letter that is permitted. */
  'one-letter-key': { readonly value: string };
  /** Argument keys that begin with `aws`, in any case, are reserved. */
  'reserved-key': { readonly value: string };
  'repeated-key': { readonly key: string };
  /**
   * There are more arguments than the console's guide allows (`most`). Only a warning: AWS's API model has no
   * such limit.
   */
  'many-arguments': { readonly count: number; readonly most: number };
  /** The path of the initialization script leads out of the zip: it is absolute, or leads upwards. */
  'script-outside': OfText;
  'script-is-folder': OfText;
  /** The text has none of the permitted `forms`. */
  form: OfText & { readonly forms: readonly string[] };
}

export type RuleCode = keyof BreachFacts;

/** A broken rule, with the facts that describe it. `C`: the codes of the rules that are possible here. */
export type RuleBreach<C extends RuleCode = RuleCode> = CodedOf<Pick<BreachFacts, C>> & {
  readonly field?: RuleField;
  /** Key of the argument that breaks the rule. */
  readonly argument?: string;
};

/** A breach of a rule about one text: its length, its characters, or its first and last character. */
export type TextBreach = RuleBreach<'too-short' | 'too-long' | 'characters' | 'edges'>;
