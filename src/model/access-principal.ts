/** The principal of an EKS access entry, derived from the ARN with which STS names a caller. */
import type { AccessPrincipal } from './kubernetes-failure';

/**
 * The principal for an access entry of the caller; undefined for callers that can have no access entry, such
 * as the account's root user. The ARN of a role's session does not contain the role's path. If the session
 * is one of `role`, the result is `role`, which contains the path; otherwise the path is unknown.
 * @param role the ARN of the role that the profile assumes; undefined if the profile assumes none
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function principalOf(callerArn: string, role: string | undefined): AccessPrincipal | undefined {
  if (/^arn:[^:]+:iam::\d{12}:(user|role)\//.test(callerArn)) return { arn: callerArn, pathKnown: true };
  const [, partition, account, name] =
    /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  if (name === undefined) return undefined;
  const isItsRole =
    role?.startsWith(`arn:${partition}:iam::${account}:role/`) === true && role.endsWith(`/${name}`);
  if (isItsRole) return { arn: role, pathKnown: true };
  return { arn: `arn:${partition}:iam::${account}:role/${name}`, pathKnown: false };
}

/** The last part of an ARN: the name of a role or a user, or of a role's session. */
export function nameInArn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
