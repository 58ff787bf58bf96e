/** A service's rules for the texts of a configuration and for the keys of its objects in S3. */
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
  /** A breach does not hold the value: it may be a secret. */
  readonly argumentValue: Rule;
  /** Finds more arguments than are usual: worth a warning, not a refusal. */
  readonly manyArguments: (list: readonly CommandLineArgument[]) => RuleBreach<'many-arguments'> | undefined;
}
