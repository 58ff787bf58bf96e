/** Judges command-line arguments by the rules of the service that takes them. */
import type { CommandLineArgument } from '../../model/code';
import type { RuleBreach } from './breach';
import type { ConfigurationRules } from './configuration-rules';

/** The breaches of each argument, then those of the whole list; each with its key. */
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
