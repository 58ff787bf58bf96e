/** A rule of AWS that a value breaks: the code names the rule, the facts what it was applied to. */
import type { Facts } from '../../model/json';

/** What a text rule was applied to. */
export type RuleField =
  | 'accountId'
  | 'argumentKey'
  | 'argumentValue'
  | 'bucket'
  | 'clientToken'
  | 'clusterName'
  | 'environmentId'
  | 'initializationScript'
  | 'key'
  | 'prefix'
  | 'region'
  | 'versionId';

export type RuleCode =
  /** Shorter than `facts.min` characters; `facts.min` 1: empty. */
  | 'too-short'
  /** Longer than `facts.max` characters. */
  | 'too-long'
  /** Holds `facts.found`, where only `facts.allowed` may stand. */
  | 'characters'
  /** Must begin and end with a letter or digit. */
  | 'edges'
  /** Must begin with a letter. */
  | 'first-letter'
  /** `s` is the only argument key of one letter. */
  | 'one-letter-key'
  /** Argument keys that begin with `aws`, in any case, are reserved. */
  | 'reserved-key'
  | 'repeated-key'
  /** More arguments than the console's guide allows (`facts.most`): a warning, the model has no such limit. */
  | 'many-arguments'
  /** The initialization script is a path inside the zip: not absolute, nowhere upwards, not a folder. */
  | 'script-outside'
  | 'script-is-folder'
  | 'strategy-not-for-type'
  | 'environment-not-ready'
  | 'cluster-not-ready';

export interface RuleBreach {
  readonly code: RuleCode;
  readonly field?: RuleField;
  readonly facts: Facts;
}
