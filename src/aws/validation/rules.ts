/** For each operation, the rule that an answer must satisfy to count as the service's own. */
import { EKS_ANSWERS } from './eks-rules';
import { FINSPACE_ANSWERS } from './finspace-rules';
import { OTHER_ANSWERS } from './other-rules';
import type { AnswerRule } from './rule';
import { S3_ANSWERS } from './s3-rules';

const RULES: ReadonlyMap<string, AnswerRule> = new Map<string, AnswerRule>([
  ...Object.entries(FINSPACE_ANSWERS),
  ...Object.entries(EKS_ANSWERS),
  ...Object.entries(S3_ANSWERS),
  ...Object.entries(OTHER_ANSWERS),
]);

/** The operations with a rule: all that Slipway sends. */
export const ruledOperations: readonly string[] = [...RULES.keys()];

/**
 * The rule for an operation, named in the AWS model's spelling.
 * @throws Error if there is none, since no answer is used unchecked
 */
export function ruleOf(operation: string | undefined): AnswerRule {
  const rule = operation === undefined ? undefined : RULES.get(operation);
  if (rule === undefined)
    throw new Error(`There is no rule for answers to ${operation ?? 'an unnamed request'}.`);
  return rule;
}

/** Why the SDK's output breaks the operation's rule; undefined if all members match. */
export function misfitOf(operation: string, output: unknown): string | undefined {
  return ruleOf(operation).output(output, '');
}
