/** The errors with which each AWS service rejects a signature. */
import { MAX_SKEW_MS, type SignatureProblem } from './sigv4';

export interface SignatureError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}

const CHECK_KEY =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const TWO_WAYS =
  'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified';

/**
 * The error in the words of `service` (a signing name).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function signatureError(problem: SignatureProblem, service: string): SignatureError {
  if (service === 's3') return s3Error(problem);
  if (service === 'ec2') return ec2Error(problem);
  if (service === 'sts') return queryError(problem);
  return jsonError(problem, service === 'ssm' || service === 'logs' ? 400 : 403);
}

function jsonError(problem: SignatureProblem, status: number): SignatureError {
  switch (problem.kind) {
    case 'missing':
      return { status, code: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' };
    case 'unknown-key':
      return {
        status,
        code: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
      };
    case 'malformed':
    case 'malformed-query':
      return { status: 400, code: 'IncompleteSignatureException', message: problem.detail };
    case 'two-ways':
      return { status: 400, code: 'IncompleteSignatureException', message: TWO_WAYS };
    case 'other-way':
      return { status: 400, code: 'IncompleteSignatureException', message: 'Unsupported Authorization Type' };
    case 'outside':
      return { status, code: 'InvalidSignatureException', message: windowText(problem) };
    case 'skewed':
      return { status, code: 'InvalidSignatureException', message: expired(problem.sent, problem.now) };
    case 'unsigned-header':
      return {
        status,
        code: 'InvalidSignatureException',
        message: `'${problem.detail}' must be a 'SignedHeader'.`,
      };
    case 'unsupported':
    case 'payload':
    case 'mismatch':
      return { status, code: 'InvalidSignatureException', message: CHECK_KEY };
  }
}

function queryError(problem: SignatureProblem): SignatureError {
  switch (problem.kind) {
    case 'missing':
      return {
        status: 403,
        code: 'MissingAuthenticationToken',
        message: 'Request is missing Authentication Token',
      };
    case 'unknown-key':
      return {
        status: 403,
        code: 'InvalidClientTokenId',
        message: 'The security token included in the request is invalid.',
      };
    case 'malformed':
    case 'malformed-query':
      return { status: 400, code: 'IncompleteSignature', message: problem.detail };
    case 'two-ways':
    case 'other-way':
      return { status: 400, code: 'IncompleteSignature', message: jsonError(problem, 400).message };
    default:
      return { status: 403, code: 'SignatureDoesNotMatch', message: jsonError(problem, 403).message };
  }
}

function ec2Error(problem: SignatureProblem): SignatureError {
  switch (problem.kind) {
    case 'skewed':
    case 'outside':
      return { status: 400, code: 'RequestExpired', message: 'Request has expired.' };
    case 'malformed':
    case 'malformed-query':
      return { status: 400, code: 'IncompleteSignature', message: problem.detail };
    default:
      return {
        status: 401,
        code: 'AuthFailure',
        message: 'AWS was not able to validate the provided access credentials',
      };
  }
}

function s3Error(problem: SignatureProblem): SignatureError {
  switch (problem.kind) {
    case 'missing':
      return { status: 403, code: 'AccessDenied', message: 'Access Denied' };
    case 'unknown-key':
      return {
        status: 403,
        code: 'InvalidAccessKeyId',
        message: 'The AWS Access Key Id you provided does not exist in our records.',
      };
    case 'malformed':
      return { status: 400, code: 'AuthorizationHeaderMalformed', message: problem.detail };
    case 'malformed-query':
      return { status: 400, code: 'AuthorizationQueryParametersError', message: problem.detail };
    case 'two-ways':
      return { status: 400, code: 'InvalidArgument', message: TWO_WAYS };
    case 'other-way':
      return {
        status: 400,
        code: 'InvalidRequest',
        message:
          'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      };
    case 'outside':
      return {
        status: 403,
        code: 'AccessDenied',
        message: windowText(problem),
        fields: { Expires: problem.until.toISOString(), ServerTime: problem.now.toISOString() },
      };
    case 'unsigned-header':
      return {
        status: 403,
        code: 'AccessDenied',
        message: 'There were headers present in the request which were not signed',
        fields: { HeadersNotSigned: problem.detail },
      };
    case 'skewed':
      return {
        status: 403,
        code: 'RequestTimeTooSkewed',
        message: 'The difference between the request time and the current time is too large.',
        fields: {
          RequestTime: stamp(problem.sent),
          ServerTime: problem.now.toISOString(),
          MaxAllowedSkewMilliseconds: String(MAX_SKEW_MS),
        },
      };
    case 'payload':
      return {
        status: 400,
        code: 'XAmzContentSHA256Mismatch',
        message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
      };
    case 'unsupported':
      return {
        status: 501,
        code: 'NotImplemented',
        message: `A header you provided implies functionality that is not implemented: ${problem.detail}`,
      };
    case 'mismatch':
      return {
        status: 403,
        code: 'SignatureDoesNotMatch',
        message:
          'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      };
  }
}

function windowText({ until, now }: { readonly until: Date; readonly now: Date }): string {
  return now > until ? 'Request has expired' : 'Request is not valid yet';
}

function expired(sent: Date, now: Date): string {
  const minutes = MAX_SKEW_MS / 60_000;
  return sent < now
    ? `Signature expired: ${stamp(sent)} is now earlier than ${stamp(new Date(now.getTime() - MAX_SKEW_MS))} (${stamp(now)} - ${minutes} min.)`
    : `Signature not yet current: ${stamp(sent)} is still later than ${stamp(new Date(now.getTime() + MAX_SKEW_MS))} (${stamp(now)} + ${minutes} min.)`;
}

function stamp(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, '');
}
