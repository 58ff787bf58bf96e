/** Reads errors of the SDK, of any of its versions: by the names of their members, never by class. */
import { present } from '../model/present';
import { withoutSecrets } from '../model/without-secrets';
import { awsSentence } from './sdk-answers';

export interface Answer {
  /** The error's code as AWS spells it; empty when none came. Without an answer: the error's name. */
  readonly name: string;
  readonly message: string;
  /** True if the message is the SDK's placeholder, not AWS's words. */
  readonly ours: boolean;
  /** Node's error code. */
  readonly code?: string;
  readonly syscall?: string;
  /** HTTP status; undefined when no answer was read. */
  readonly status?: number;
  readonly requestId?: string;
  /** True if an AWS service answered, with a code of its own or at least a request id, and the answer could be read. */
  readonly fromService: boolean;
  /** Present where the answer reports success but was found not to be the service's (`validation/`). */
  readonly strange?: { readonly circumstance: string; readonly passing: boolean };
  readonly html: boolean;
  /** What a declared exception says beside its message, such as `reason` of FinSpace's ConflictException. */
  readonly detail?: string;
  /** The bucket's region, as S3 names it. */
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
  // Several addresses of one host were tried: the first one's error stands for all.
  const first = member(member(thrown, 'errors'), '0');
  const syscall = textOf(member(thrown, 'syscall')) ?? textOf(member(first, 'syscall'));
  const detail = awsSentence(textOf(member(thrown, 'reason')));
  const bucketRegion = textOf(member(headers, 'x-amz-bucket-region'));
  const given = textOf(member(thrown, 'name')) ?? '';
  const isNameless = status !== undefined && NAMELESS.test(given);
  // The answer to a HEAD has no body that would say what S3 refuses.
  const isMark = textOf(member(headers, 'x-amz-delete-marker')) === 'true';
  const name = !isNameless ? given : isMark ? DELETE_MARKER : '';
  const message = withoutSecrets(
    textOf(member(thrown, 'message')) ?? textOf(member(first, 'message')) ?? String(thrown),
  );
  // An answer that reports success and still became an error is one that the SDK could not read.
  const unread = status !== undefined && status < 300;
  const html = /^text\/html/i.test(textOf(member(headers, 'content-type')) ?? '');
  const strange = strangenessIn(member(thrown, 'strange'));
  return {
    name,
    message,
    ours: (name === '' || unread) && (/^Unknown/.test(message) || message.includes('Deserialization error')),
    ...present({ code, syscall, status, requestId, strange, detail, bucketRegion }),
    // The SDK makes a name of some statuses, so a web page can have a name, too; it is not from a service.
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
 * Whether the service refused the signature for its time and the SDK has learnt the service's time since, so that the
 * next signature will be right. The SDK's own mark is not enough: it is missing where another request under way had
 * corrected the clock, and where the clock became right again.
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

/** The error's name for an object that S3 has marked as deleted, or for a version that is such a mark. */
export const DELETE_MARKER = 'DeleteMarker';

/** Names that the SDK gives to answers without a code, or whose body it could not read. */
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
