/** Errors that AWS's services give though no operation's model declares them, with the statuses they may have. */
import type { Model } from './model';

type Errors = Readonly<Record<string, readonly number[]>>;

/** https://docs.aws.amazon.com/eks/latest/APIReference/CommonErrors.html and the same page of the other services. */
const COMMON: Errors = {
  AccessDeniedException: [400, 403],
  ExpiredTokenException: [400, 403],
  IncompleteSignatureException: [400, 403],
  InternalFailure: [500],
  InvalidSignatureException: [400, 403],
  MissingAuthenticationTokenException: [400, 403],
  RequestExpired: [400, 403],
  SerializationException: [400],
  ServiceUnavailable: [503],
  ThrottlingException: [400, 429],
  UnknownOperationException: [400, 404],
  UnrecognizedClientException: [400, 403],
  ValidationException: [400],
};

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const QUERY: Errors = {
  AccessDenied: [403],
  ExpiredToken: [403],
  IncompleteSignature: [400],
  InternalFailure: [500],
  InvalidAction: [400],
  InvalidClientTokenId: [403],
  MissingAuthenticationToken: [403],
  ServiceUnavailable: [503],
  SignatureDoesNotMatch: [403],
  Throttling: [400],
  ValidationError: [400],
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const S3: Errors = {
  AccessDenied: [403],
  AuthorizationHeaderMalformed: [400],
  AuthorizationQueryParametersError: [400],
  BadDigest: [400],
  BadRequest: [400],
  BucketAlreadyExists: [409],
  BucketAlreadyOwnedByYou: [409],
  BucketNotEmpty: [409],
  EntityTooSmall: [400],
  ExpiredToken: [400],
  IllegalLocationConstraintException: [400],
  IncompleteBody: [400],
  InternalError: [500],
  InvalidAccessKeyId: [403],
  InvalidArgument: [400],
  InvalidBucketName: [400],
  InvalidDigest: [400],
  InvalidPart: [400],
  InvalidPartNumber: [416],
  InvalidPartOrder: [400],
  InvalidRange: [416],
  InvalidRequest: [400],
  InvalidTag: [400],
  InvalidURI: [400],
  KeyTooLongError: [400],
  MalformedTrailerError: [400],
  MalformedXML: [400],
  MetadataTooLarge: [400],
  MethodNotAllowed: [405],
  MissingContentLength: [411],
  NoSuchBucket: [404],
  NoSuchBucketPolicy: [404],
  NoSuchKey: [404],
  NoSuchPublicAccessBlockConfiguration: [404],
  NoSuchUpload: [404],
  NoSuchVersion: [404],
  NotImplemented: [501],
  OperationAborted: [409],
  PermanentRedirect: [301],
  PreconditionFailed: [412],
  RequestTimeTooSkewed: [403],
  RequestTimeout: [400],
  ServiceUnavailable: [503],
  SignatureDoesNotMatch: [403],
  SlowDown: [503],
  XAmzContentSHA256Mismatch: [400],
};

/** Statuses of S3 errors that come without a body, and so without a code: those to HEAD, and Not Modified. */
export const BODILESS: readonly number[] = [301, 304, 400, 403, 404, 405, 412, 416, 500, 501, 503];

/** @returns the statuses that the error may have; undefined when it is not a common one. */
export function commonError(model: Model, code: string): readonly number[] | undefined {
  const { protocol } = model.metadata;
  return (protocol === 'rest-xml' ? S3 : protocol === 'query' ? QUERY : COMMON)[code];
}
