/** Refusals of the sandbox's S3: thrown inside this folder, turned into replies in `s3-service.ts`. */
import type { SandboxReply } from '../sandbox-service';
import { group, leaf, XML_HEAD } from './xml';

/**
 * The HTTP status and the usual message of each error code:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const CODES = {
  AccessDenied: [403, 'Access Denied'],
  BadRequest: [400, 'Bad Request'],
  BadDigest: [
    400,
    'The Content-MD5 or checksum value that you specified did not match what the server received.',
  ],
  BucketAlreadyExists: [409, 'The requested bucket name is not available.'],
  BucketAlreadyOwnedByYou: [
    409,
    'Your previous request to create the named bucket succeeded and you already own it.',
  ],
  BucketNotEmpty: [409, 'The bucket you tried to delete is not empty'],
  EntityTooSmall: [400, 'Your proposed upload is smaller than the minimum allowed size'],
  IllegalLocationConstraintException: [400, 'The specified location-constraint is not valid'],
  IncompleteBody: [
    400,
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  ],
  InvalidArgument: [400, 'Invalid Argument'],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidDigest: [400, 'The Content-MD5 you specified was invalid.'],
  InvalidPart: [
    400,
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  ],
  InvalidPartNumber: [416, 'The requested partnumber is not satisfiable'],
  InvalidPartOrder: [
    400,
    'The list of parts was not in ascending order. Parts must be ordered by part number.',
  ],
  InvalidRange: [416, 'The requested range is not satisfiable'],
  InvalidRequest: [400, 'The request is not valid.'],
  InvalidTag: [400, 'The tag provided was not a valid tag.'],
  InvalidURI: [400, "Couldn't parse the specified URI."],
  KeyTooLongError: [400, 'Your key is too long'],
  MalformedTrailerError: [
    400,
    'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  ],
  MalformedXML: [
    400,
    'The XML you provided was not well-formed or did not validate against our published schema',
  ],
  MetadataTooLarge: [400, 'Your metadata headers exceed the maximum allowed metadata size'],
  MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
  MissingContentLength: [411, 'You must provide the Content-Length HTTP header.'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchBucketPolicy: [404, 'The bucket policy does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchPublicAccessBlockConfiguration: [404, 'The public access block configuration was not found'],
  NoSuchUpload: [
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  ],
  NoSuchVersion: [404, 'The specified version does not exist.'],
  NotImplemented: [501, 'A header or query you provided implies functionality that is not implemented'],
  NotModified: [304, 'Not Modified'],
  PermanentRedirect: [
    301,
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
  ],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type RefusalCode = keyof typeof CODES;

interface RefusalDetail {
  /** Replaces the usual message of the code. */
  readonly message?: string;
  /** Further elements of the error document. */
  readonly fields?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Refusal {
  readonly kind: 's3-refusal';
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;
}

/** Throws a refusal: it becomes the reply or, in DeleteObjects, an entry in the list of results. */
export function refuse(code: RefusalCode, detail: RefusalDetail = {}): never {
  throw Object.assign(new Error(code), { kind: 's3-refusal', code, detail } satisfies Refusal);
}

/** The reply for an error of {@link refuse}; undefined for any other error. */
export function refusalReply(thrown: unknown, requestId: string): SandboxReply | undefined {
  if (!isRefusal(thrown)) return undefined;
  const [status, usual] = CODES[thrown.code];
  const { message = usual, fields = {}, headers = {} } = thrown.detail;
  if (status === 304) return { status, headers };
  return errorReply(status, thrown.code, message, { ...fields, RequestId: requestId }, headers);
}

/**
 * The code and message of an error of {@link refuse}, for a list of results; undefined for any other error.
 */
export function refusalOf(
  thrown: unknown,
): { readonly code: RefusalCode; readonly message: string } | undefined {
  if (!isRefusal(thrown)) return undefined;
  return { code: thrown.code, message: thrown.detail.message ?? CODES[thrown.code][1] };
}

/** An error reply. `code` need not be one of `CODES`: a fault can request any other code. */
export function errorReply(
  status: number,
  code: string,
  message: string,
  fields: Readonly<Record<string, string | number>> = {},
  headers: Readonly<Record<string, string>> = {},
): SandboxReply {
  const elements = Object.entries({ Code: code, Message: message, ...fields });
  const body = XML_HEAD + group('Error', ...elements.map(([name, value]) => leaf(name, value)));
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body };
}

function isRefusal(thrown: unknown): thrown is Refusal {
  return thrown instanceof Error && 'kind' in thrown && thrown.kind === 's3-refusal';
}
