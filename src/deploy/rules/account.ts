/** AWS's rules for account ids and regions. */
import type { RuleBreach } from './breach';
import { breachOf, type TextRule } from './text';

const textRule =
  (rule: TextRule) =>
  (value: string): RuleBreach | undefined =>
    breachOf(rule, value);

/**
 * An account id has twelve digits.
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
 */
export const accountIdBreach = textRule({
  field: 'accountId',
  min: 12,
  max: 12,
  character: /^[0-9]$/,
  allowed: '0–9',
});

/** Checks only the form of a region, not its existence: AWS adds regions. */
export const regionBreach = textRule({
  field: 'region',
  min: 1,
  max: 63,
  character: /^[a-z0-9-]$/,
  allowed: 'a–z 0–9 -',
  edges: true,
});
