/** A request to AWS in words: what it is called, and what it takes to be allowed to make it. */
import type { AwsFailure } from '../../model/failure';
import { type AskedRequest, actionsOf } from '../../model/permissions';
import type { Translate } from './translate';

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

/** `HeadBucket on s3://code`, or the operation alone where nothing says what it was about. */
export function requestWords({ operation, resource }: AskedRequest, t: Translate): string {
  return resource === undefined ? operation : t('{0} on {1}', { 0: operation, 1: resource });
}

/** A sentence that names the permissions as a policy spells them. */
export function neededWords(request: AskedRequest, t: Translate): string {
  const [action, ...more] = actionsOf(request);
  return more.length === 0
    ? t('You need the permission {0}.', { 0: action })
    : t('You need the permissions {0}.', { 0: [action, ...more].join(', ') });
}
