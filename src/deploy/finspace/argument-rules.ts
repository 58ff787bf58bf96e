/**
 * AWS's rules for command-line arguments of a kdb cluster.
 * @see https://docs.aws.amazon.com/finspace/latest/management-api/API_KxCommandLineArgument.html
 */
import type { CommandLineArgument } from '../../model/code';
import type { RuleBreach, TextBreach } from '../rules/breach';
import { breachOf, type TextRule } from '../rules/text';

const KEY: TextRule = {
  field: 'argumentKey',
  min: 1,
  max: 1024,
  character: /^[a-zA-Z0-9_]$/,
  allowed: 'a–z A–Z 0–9 _',
};

const VALUE: TextRule = {
  field: 'argumentValue',
  min: 1,
  max: 1024,
  character: /^[a-zA-Z0-9_:./,; ]$/,
  allowed: 'a–z A–Z 0–9 _ : . / , ; space',
  secret: true,
};

/** The console's guide says "at most 50"; the API's model has no limit. */
const MOST = 50;

/** The whole key has to match, so that `s;rm` is refused; AWS's published pattern lacks the closing anchor. */
export function argumentKeyBreach(key: string): RuleBreach | undefined {
  if (key === 's' || key === 'AWS_ZIP_DEFAULT') return undefined;
  const breach = breachOf(KEY, key);
  if (breach !== undefined) return breach;
  const field = 'argumentKey';
  if (/^aws/i.test(key)) return { code: 'reserved-key', field, facts: { value: key } };
  if (!/^[a-zA-Z]/.test(key)) return { code: 'first-letter', field, facts: { value: key } };
  if (key.length === 1) return { code: 'one-letter-key', field, facts: { value: key } };
  return undefined;
}

/** The facts of the breach do not contain the value, which may be a secret. */
export function argumentValueBreach(value: string): TextBreach | undefined {
  return breachOf(VALUE, value);
}

/** The breach if there are more arguments than the console allows; it deserves a warning, not a refusal. */
export function manyArguments(
  list: readonly CommandLineArgument[],
): RuleBreach<'many-arguments'> | undefined {
  return list.length > MOST
    ? { code: 'many-arguments', facts: { count: list.length, most: MOST } }
    : undefined;
}
