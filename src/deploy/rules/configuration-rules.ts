/** What a service takes of a configuration and of the names of its objects in S3: a rule for each text. */
import type { CommandLineArgument } from '../../model/code';
import type { RuleBreach } from './breach';

type Rule = (value: string) => RuleBreach | undefined;

export interface ConfigurationRules {
  readonly bucket: Rule;
  readonly key: Rule;
  readonly versionId: Rule;
  /** Part of a key: may be empty. */
  readonly prefix: Rule;
  /** Path inside the zip. */
  readonly initializationScript: Rule;
  readonly argumentKey: Rule;
  /** The value itself is not among the facts of a breach: it may be a secret. */
  readonly argumentValue: Rule;
  /** More arguments than are usual: worth a warning, not a refusal. */
  readonly manyArguments: (list: readonly CommandLineArgument[]) => RuleBreach<'many-arguments'> | undefined;
}
