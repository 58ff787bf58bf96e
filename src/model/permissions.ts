/** IAM actions: the permissions that an administrator grants for a request. */
import type { AwsFailure, ServiceName } from './failure';

/** An action in the spelling of policies: `s3:GetObject`. */
export type Action = `${ServiceName}:${string}`;

/** The parts of a request that decide which actions it needs. */
export type AskedRequest = Pick<AwsFailure, 'service' | 'operation' | 'resource'>;

/**
 * The actions that the request needs. An operation's name is also the name of its action, except for some
 * operations of S3.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function actionsOf({
  service,
  operation,
  resource = '',
}: AskedRequest): readonly [Action, ...Action[]] {
  const [first, ...more] = (service === 's3' ? S3_ACTIONS[operation] : undefined) ?? [operation];
  const isOfVersion = OF_A_VERSION.test(resource);
  const action = (name: string): Action =>
    `${service}:${isOfVersion ? (VERSION_ACTIONS[name] ?? name) : name}`;
  return [action(first), ...more.map(action)];
}

/** Matches the end of a request's `resource` if it gives a version of an S3 object. */
const OF_A_VERSION = /\?versionId=[^?]+$/;

/** The actions that S3 operations need, for each operation whose name is not the name of its only action. */
const S3_ACTIONS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  ListBuckets: ['ListAllMyBuckets'],
  HeadBucket: ['ListBucket'],
  GetPublicAccessBlock: ['GetBucketPublicAccessBlock'],
  ListObjectsV2: ['ListBucket'],
  ListObjectVersions: ['ListBucketVersions'],
  ListMultipartUploads: ['ListBucketMultipartUploads'],
  // Without `ListBucket`, S3 answers "denied" for a missing object, too, and the answer to a HEAD has no body
  // that would tell the difference.
  HeadObject: ['GetObject', 'ListBucket'],
  CreateMultipartUpload: ['PutObject'],
  UploadPart: ['PutObject'],
  UploadPartCopy: ['PutObject', 'GetObject'],
  CompleteMultipartUpload: ['PutObject'],
};

/** Maps the action for reading the newest version of an object to the action for reading a given version. */
const VERSION_ACTIONS: Readonly<Record<string, string>> = { GetObject: 'GetObjectVersion' };
