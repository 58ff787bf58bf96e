/** Turns the errors of the SDK's clients into failures. */

import { STATUS_CODES } from 'node:http';
import {
  type AwsFailure,
  type AwsReason,
  type Failure,
  failureOf,
  MISSHAPEN_ANSWER,
  type ServiceName,
} from '../model/failure';
import { present } from '../model/present';
import {
  credentialsProblemOf,
  isPassingConflict,
  isUntimely,
  reasonOfName,
  reasonOfStatus,
} from './error-names';
import { type Answer, readAnswer } from './sdk-error';
import { isMisshapen, WEB_PAGE } from './validation/strange-answer';

/** The request that failed. */
export interface RequestName {
  readonly service: ServiceName;
  /** Name of the operation in the AWS model's spelling. */
  readonly operation: string;
  /** Absent if the request names no resource. */
  readonly resource?: string;
}

/**
 * The failure that an error of an SDK client stands for. `answered` is false if no answer tells whether AWS
 * carried out the request: the request was under way, and the service itself did not answer (there was no
 * answer, half of one, or the page of a proxy). It is true for a request that never reached AWS.
 */
export function sdkFailure(thrown: unknown, at: RequestName): Failure {
  const known = failureOf(thrown);
  if (known.kind !== 'unexpected') return known;
  const answer = readAnswer(thrown);
  return (
    networkFailure(answer, at) ??
    strangeAnswer(answer, at) ??
    untimelyRequest(answer, at) ??
    credentialsRefused(answer) ??
    serviceFailure(answer, at) ?? { ...known, message: answer.message }
  );
}

/** The result of `asked`; undefined if AWS answers with an error whose name is in `names`. */
export async function absentOr<T>(names: readonly string[], asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind === 'aws' && names.includes(failure.name)) return undefined;
    throw thrown;
  }
}

/**
 * A failure of the network, recognized by the error code of Node or of OpenSSL, or as a timeout; undefined
 * for an error of another kind.
 * @see https://nodejs.org/api/errors.html#common-system-errors
 */
function networkFailure(answer: Answer, at: RequestName): AwsFailure | undefined {
  const { code, name, message } = answer;
  const timedOut = name === 'TimeoutError';
  const untrusted =
    code !== undefined && /CERT|^EPROTO$|^ERR_(SSL|TLS)_|^UNABLE_TO_|_SELF_SIGNED_/.test(code);
  // Codes that begin with `HPE_` mean that the answer is not HTTP.
  const broken = code !== undefined && (NETWORK_CODES.has(code) || code.startsWith('HPE_'));
  if (!timedOut && !untrusted && !broken) return undefined;
  const neverConnected =
    untrusted ||
    answer.syscall === 'connect' ||
    code === 'ECONNREFUSED' ||
    code === 'ENOTFOUND' ||
    code === 'EAI_AGAIN' ||
    message.includes('did not establish a connection');
  return {
    kind: 'aws',
    ...at,
    reason: 'network',
    name: code ?? name,
    message,
    passing: !untrusted,
    answered: neverConnected,
  };
}

const NETWORK_CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * The failure for an answer that is not a readable answer of an AWS service: the page of a proxy, half a
 * document, or a success in another form than the operation's. Undefined for any other answer, and if no
 * answer arrived.
 */
function strangeAnswer(answer: Answer, at: RequestName): AwsFailure | undefined {
  const { status, requestId, fromService, html, strange } = answer;
  if (status === undefined || fromService) return undefined;
  const isPage = html || strange?.circumstance === WEB_PAGE;
  const reason = isPage ? pageReason(status, at.service) : (reasonOfStatus(status, at.service) ?? 'network');
  const circumstance = strange?.circumstance ?? (isPage ? WEB_PAGE : 'without an answer of AWS');
  return {
    kind: 'aws',
    ...at,
    reason,
    ...httpWords({ ...answer, ours: answer.ours || strange !== undefined }, circumstance),
    ...(isMisshapen(circumstance) && { name: MISSHAPEN_ANSWER }),
    status,
    ...present({ requestId }),
    passing: strange?.passing ?? (PASSING.has(reason) && !(isPage && status < 500)),
    answered: false,
  };
}

/**
 * The reason for a failure whose answer is a web page. With a status below 500, the page comes from something
 * in the network, such as a portal that requires a log-in, or from the address of a service that has ended.
 */
function pageReason(status: number, service: ServiceName): AwsReason {
  if (status >= 500) return reasonOfStatus(status, service) ?? 'server';
  return service === 'finspace' ? 'service-ended' : 'network';
}

/**
 * The failure of a request that was refused because of its signature's time, not because of the credentials:
 * the request took long to arrive, or the clocks differ, which the SDK corrects. Undefined for any other
 * answer.
 */
function untimelyRequest(answer: Answer, at: RequestName): AwsFailure | undefined {
  const { name, message, status, requestId } = answer;
  if (status === undefined || !isUntimely(name, message)) return undefined;
  return {
    kind: 'aws',
    ...at,
    reason: 'network',
    name,
    message,
    status,
    ...present({ requestId }),
    passing: true,
    answered: true,
  };
}

function credentialsRefused({ name, message }: Answer): Failure | undefined {
  const problem = credentialsProblemOf(name);
  return problem && { kind: 'credentials', problem, message };
}

function serviceFailure(answer: Answer, at: RequestName): AwsFailure | undefined {
  const { status, requestId, name } = answer;
  if (status === undefined) return undefined;
  const reason = reasonOfName(name, at.service) ?? reasonOfStatus(status, at.service) ?? 'other';
  return {
    kind: 'aws',
    ...at,
    reason,
    ...(name ? { name, message: wordsOf(answer) } : httpWords(answer)),
    status,
    ...present({ requestId }),
    passing: PASSING.has(reason) || isPassingConflict(name),
    answered: true,
  };
}

function httpWords({ status = 0, message, bucketRegion, ours }: Answer, circumstance?: string) {
  const name = `HTTP ${status}`;
  const words = [name, STATUS_CODES[status], circumstance].filter((part) => part !== undefined).join(' ');
  return { name, message: `${ours ? words : message}${regionWords(bucketRegion)}` };
}

function wordsOf({ message, detail, bucketRegion }: Answer): string {
  return `${message}${detail === undefined ? '' : ` (${detail})`}${regionWords(bucketRegion)}`;
}

function regionWords(bucketRegion: string | undefined): string {
  return bucketRegion === undefined ? '' : ` (the bucket is in ${bucketRegion})`;
}

/** Reasons for which the same request may succeed later, without anybody's action. */
const PASSING: ReadonlySet<AwsReason> = new Set(['network', 'server', 'throttled', 'bad-digest']);
