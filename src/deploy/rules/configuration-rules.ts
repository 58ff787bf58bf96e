/**
 * A service's rules for the texts of a configuration, and for the names of buckets and the keys and
 * versions of objects in S3.
 */
import type { CommandLineArgument } from '../../model/code';
import type { RuleBreach } from './breach';

type Rule = (value: string) => RuleBreach | undefined;

export interface ConfigurationRules {
  readonly bucket: Rule;
  readonly key: Rule;
  readonly versionId: Rule;
  /** The rule for the prefix of Slipway's keys in the bucket. The prefix may be empty. */
  readonly prefix: Rule;
  /** The rule for the path of the script inside the zip. */
  readonly initializationScript: Rule;
  readonly argumentKey: Rule;
  /** A breach of this rule does not contain the argument's value, which may be a secret. */
  readonly argumentValue: Rule;
  /** Returns a breach if there are more arguments than usual; the breach is only a warning. */
  readonly manyArguments: (list: readonly CommandLineArgument[]) => RuleBreach<'many-arguments'> | undefined;
}

/**
 * The breaches of single arguments, then one breach for each key that occurs more than once. Each breach
 * names the argument's key.
 */
export function argumentBreaches(
  list: readonly CommandLineArgument[],
  { argumentKey, argumentValue }: Pick<ConfigurationRules, 'argumentKey' | 'argumentValue'>,
): readonly RuleBreach[] {
  const single = list.flatMap(({ key, value }) =>
    [argumentKey(key), argumentValue(value)]
      .filter((breach) => breach !== undefined)
      .map((breach): RuleBreach => ({ ...breach, argument: key })),
  );
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { key } of list) (seen.has(key) ? repeated : seen).add(key);
  return [
    ...single,
    ...[...repeated].map(
      (key): RuleBreach => ({ code: 'repeated-key', field: 'argumentKey', argument: key, facts: { key } }),
    ),
  ];
}
