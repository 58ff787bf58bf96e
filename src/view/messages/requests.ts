/** A request to AWS in words: its name, and the permissions that it needs. */
import * as l10n from '@vscode/l10n';
import type { AwsFailure } from '../../model/failure';
import { type Action, type AskedRequest, actionsOf } from '../../model/permissions';

const SERVICES: { readonly [service in AwsFailure['service']]: string } = {
  finspace: 'Amazon FinSpace',
  eks: 'Amazon EKS',
  s3: 'Amazon S3',
  sts: 'AWS STS',
  ssm: 'AWS Systems Manager',
  ec2: 'Amazon EC2',
  logs: 'Amazon CloudWatch Logs',
};

export function serviceWords({ service }: Pick<AskedRequest, 'service'>): string {
  return SERVICES[service];
}

/** `HeadBucket on s3://code`, or the operation alone where the resource is not known. */
export function requestWords({ operation, resource }: AskedRequest): string {
  return resource === undefined ? operation : l10n.t('{0} on {1}', { 0: operation, 1: resource });
}

/** A sentence that names the permissions which the request needs, in the spelling of a policy. */
export function neededWords(request: AskedRequest): string {
  return permissionsWords(actionsOf(request));
}

/** The sentence of {@link neededWords}, for a caller that already knows the actions. */
export function permissionsWords([action, ...more]: readonly [Action, ...Action[]]): string {
  return more.length === 0
    ? l10n.t('You need the permission {0}.', { 0: action })
    : l10n.t('You need the permissions {0}.', { 0: [action, ...more].join(', ') });
}
