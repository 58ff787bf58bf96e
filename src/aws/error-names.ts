/** What the error names and HTTP statuses of AWS's refusals mean. */
import type { AwsReason, CredentialsProblem, ServiceName } from '../model/failure';

/**
 * The reason for a failure, by the name of its error; undefined for an unknown name: the HTTP status then
 * gives the reason.
 */
export function reasonOfName(name: string, service: ServiceName): AwsReason | undefined {
  if (/\.NotFound(Exception)?$/.test(name)) return 'not-found';
  if (name === 'UnknownOperationException' && service === 'finspace') return 'service-ended';
  return NAMES.get(name);
}

/** The reason for a failure, by its HTTP status; undefined for a status that is not a refusal. */
export function reasonOfStatus(status: number, service: ServiceName): AwsReason | undefined {
  if (status === 410 && service === 'finspace') return 'service-ended';
  return (
    STATUSES.get(status) ?? (status >= 500 ? 'server' : undefined) ?? (status >= 400 ? 'other' : undefined)
  );
}

/** The problem with the credentials, by the name of the error; undefined if the error is about the request. */
export function credentialsProblemOf(name: string): CredentialsProblem | undefined {
  return REFUSED_CREDENTIALS.get(name);
}

/**
 * Whether the signature was too old or too new when the request arrived. AWS accepts the same request with a
 * new signature.
 */
export function isUntimely(name: string, message: string): boolean {
  if (name === 'RequestTimeTooSkewed' || name === 'RequestInTheFuture') return true;
  const isOfSignature = name === 'InvalidSignatureException' || name === 'SignatureDoesNotMatch';
  return isOfSignature && /^Signature (expired|not yet current)\b/.test(message);
}

/**
 * True for a conflict that passes by itself: two requests changed the same thing at the same moment. Every
 * other conflict lasts until somebody resolves it.
 */
export function isPassingConflict(name: string): boolean {
  return name === 'ConditionalRequestConflict' || name === 'OperationAborted';
}

const STATUSES: ReadonlyMap<number, AwsReason> = new Map([
  [301, 'invalid'],
  [307, 'invalid'],
  [400, 'invalid'],
  [403, 'access-denied'],
  [404, 'not-found'],
  [405, 'invalid'],
  [409, 'conflict'],
  [411, 'invalid'],
  [412, 'precondition'],
  [413, 'invalid'],
  [416, 'invalid'],
  [429, 'throttled'],
  [501, 'other'],
]);

const NAMES: ReadonlyMap<string, AwsReason> = new Map(
  Object.entries({
    'access-denied': [
      'AccessDenied',
      'AccessDeniedException',
      'AllAccessDisabled',
      'AuthorizationError',
      'AuthorizationErrorException',
      'NotAuthorized',
      'OptInRequired',
      'UnauthorizedException',
      'UnauthorizedOperation',
    ],
    'not-found': [
      'NoSuchBucket',
      'NoSuchBucketPolicy',
      'NoSuchKey',
      'NoSuchPublicAccessBlockConfiguration',
      'NoSuchUpload',
      'NoSuchVersion',
      'NotFound',
      'NotFoundException',
      'ParameterNotFound',
      'ParameterVersionNotFound',
      'ResourceNotFoundException',
    ],
    conflict: [
      'ConditionalRequestConflict',
      'ConflictException',
      'OperationAborted',
      'ResourceInUseException',
      'ResourceAlreadyExistsException',
    ],
    invalid: [
      'AuthorizationHeaderMalformed',
      'ClientException',
      'InvalidArgument',
      'InvalidParameterException',
      'InvalidRequestException',
      'PermanentRedirect',
      'TemporaryRedirect',
      'ValidationError',
      'ValidationException',
    ],
    limit: [
      'LimitExceeded',
      'LimitExceededException',
      'ResourceLimitExceeded',
      'ResourceLimitExceededException',
      'ServiceQuotaExceededException',
    ],
    throttled: [
      'BandwidthLimitExceeded',
      'EC2ThrottledException',
      'PriorRequestNotComplete',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
      'ThrottledException',
      'Throttling',
      'ThrottlingException',
      'TooManyRequestsException',
    ],
    server: [
      'InternalError',
      'InternalFailure',
      'InternalServerException',
      'RequestTimeout',
      'RequestTimeoutException',
      'ServerException',
      'ServiceUnavailable',
      'ServiceUnavailableException',
    ],
    'bad-digest': ['BadDigest', 'InvalidDigest', 'XAmzContentChecksumMismatch', 'XAmzContentSHA256Mismatch'],
    precondition: ['PreconditionFailed'],
    other: ['NotImplemented'],
  } satisfies Partial<Record<AwsReason, readonly string[]>>).flatMap(([reason, names]) =>
    names.map((name): [string, AwsReason] => [name, reason as AwsReason]),
  ),
);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html */
const REFUSED_CREDENTIALS: ReadonlyMap<string, CredentialsProblem> = new Map([
  ['ExpiredToken', 'expired'],
  ['ExpiredTokenException', 'expired'],
  ['RequestExpired', 'expired'],
  ['TokenRefreshRequired', 'expired'],
  ['AuthFailure', 'rejected'],
  ['IncompleteSignature', 'rejected'],
  ['InvalidAccessKeyId', 'rejected'],
  ['InvalidClientTokenId', 'rejected'],
  ['InvalidSignatureException', 'rejected'],
  ['InvalidToken', 'rejected'],
  ['MissingAuthenticationToken', 'rejected'],
  ['MissingAuthenticationTokenException', 'rejected'],
  ['SignatureDoesNotMatch', 'rejected'],
  ['UnrecognizedClientException', 'rejected'],
]);
