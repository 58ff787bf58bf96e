/** Reads errors of any version of the SDK, by the names of their members, never by class. */
import { present } from '../model/present';
import { withoutSecrets } from '../model/without-secrets';
import { awsSentence } from './sdk-answers';

export interface Answer {
  /**
   * The error code in AWS's spelling, or {@link DELETE_MARKER}; empty if the answer has none. If there was
   * no answer: the name of the error.
   */
  readonly name: string;
  readonly message: string;
  /** True if `message` was written by the SDK, not by AWS: a placeholder such as `UnknownError`. */
  readonly ours: boolean;
  /** Node's error code. */
  readonly code?: string;
  readonly syscall?: string;
  /** HTTP status; undefined if no answer arrived. */
  readonly status?: number;
  readonly requestId?: string;
  /**
   * True if an AWS service answered, with its own error code or at least a request id, and the answer could
   * be read. Has no meaning without a `status`.
   */
  readonly fromService: boolean;
  /**
   * Present if the answer reports success but is not one that the service should give (see `validation/`).
   */
  readonly strange?: { readonly circumstance: string; readonly passing: boolean };
  readonly html: boolean;
  /**
   * The member `reason`, which some exceptions in AWS's model, such as FinSpace's ConflictException, have
   * beside their message.
   */
  readonly detail?: string;
  /** The bucket's region, as named by S3. */
  readonly bucketRegion?: string;
}

/** Reads an error of any shape. */
export function readAnswer(thrown: unknown): Answer {
  const metadata = member(thrown, '$metadata');
  const response = member(thrown, '$response');
  const headers = member(response, 'headers');
  const status = numberOf(member(metadata, 'httpStatusCode')) ?? numberOf(member(response, 'statusCode'));
  const requestId =
    textOf(member(metadata, 'requestId')) ??
    textOf(member(headers, 'x-amzn-requestid')) ??
    textOf(member(headers, 'x-amz-request-id'));
  const code = textOf(member(thrown, 'code'));
  // If several addresses of one host were tried, the error for the first address stands for all of them.
  const first = member(member(thrown, 'errors'), '0');
  const syscall = textOf(member(thrown, 'syscall')) ?? textOf(member(first, 'syscall'));
  const detail = awsSentence(textOf(member(thrown, 'reason')));
  const bucketRegion = textOf(member(headers, 'x-amz-bucket-region'));
  const given = textOf(member(thrown, 'name')) ?? '';
  const isNameless = status !== undefined && NAMELESS.test(given);
  // The answer to a HEAD has no body: only this header tells that S3 has marked the object as deleted.
  const isMark = textOf(member(headers, 'x-amz-delete-marker')) === 'true';
  const name = !isNameless ? given : isMark ? DELETE_MARKER : '';
  const message = withoutSecrets(
    textOf(member(thrown, 'message')) ?? textOf(member(first, 'message')) ?? String(thrown),
  );
  // An answer that reports success becomes an error only if the SDK could not read it, or if
  // `validation/` rejected it.
  const unread = status !== undefined && status < 300;
  const html = /^text\/html/i.test(textOf(member(headers, 'content-type')) ?? '');
  const strange = strangenessIn(member(thrown, 'strange'));
  return {
    name,
    message,
    ours: (name === '' || unread) && (/^Unknown/.test(message) || message.includes('Deserialization error')),
    ...present({ code, syscall, status, requestId, strange, detail, bucketRegion }),
    // The SDK derives a name from some statuses, so the error for a web page can also have a name, although
    // the page does not come from a service.
    fromService: !unread && (requestId !== undefined || (name !== '' && !html)),
    html,
  };
}

function strangenessIn(value: unknown): Answer['strange'] {
  const circumstance = textOf(member(value, 'circumstance'));
  return circumstance === undefined
    ? undefined
    : { circumstance, passing: member(value, 'passing') === true };
}

/**
 * True if the service refused the signature because of the signature's time, and the SDK now knows the
 * service's time, so that the next signature will be right. The SDK's own mark, `clockSkewCorrected`, is not
 * enough: it is missing if another request had already corrected the clock, or if the clock became right
 * again.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export function correctedClock(thrown: unknown): boolean {
  if (member(member(thrown, '$metadata'), 'clockSkewCorrected') === true) return true;
  const { name, message } = readAnswer(thrown);
  return TIME_NAMES.has(name) || /^Signature (expired|not yet current)/.test(message);
}

const TIME_NAMES: ReadonlySet<string> = new Set([
  'RequestTimeTooSkewed',
  'RequestExpired',
  'RequestInTheFuture',
]);

/** The error's name for an object that S3 has marked as deleted, or for a version that is itself such a mark. */
export const DELETE_MARKER = 'DeleteMarker';

/** Names that the SDK gives to answers without a code, or with a body that it could not read. */
const NAMELESS = /^(Unknown|UnknownError|Error|SyntaxError|\d+)$/;

function member(of: unknown, name: string): unknown {
  return of instanceof Object ? Reflect.get(of, name) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
