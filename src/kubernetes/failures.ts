/** Turns errors of requests to a cluster's API, and refusals by that API, into failures. */
import { STATUS_CODES } from 'node:http';
import { failed, failureOf } from '../model/failure';
import type { KubernetesFailure, KubernetesReason, KubernetesRequest } from '../model/kubernetes-failure';
import { withoutSecrets } from '../model/without-secrets';
import { NO_CONNECTION } from './exchange';
import { FOREIGN_CA } from './own-ca';
import type { Status } from './status';

/** Thrown by readers of an answer that reports success but does not have the required form. */
export class Misshapen extends Error {}

/** A request, and the address that it was sent to. */
export interface RequestAt extends KubernetesRequest {
  /** `host:port`. */
  readonly host: string;
}

/**
 * An answer that does not report success: its status, content type and body, and the Status in the body,
 * if there is one.
 */
export interface Refused {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly said: Status | undefined;
}

const NAME_CODES: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']);
const ROUTE_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ETIMEDOUT',
]);
/** Codes of OpenSSL and of Node for certificates that cannot be trusted. */
const TRUST_CODES = /CERT|CRL|^UNABLE_TO_|^ERR_TLS_|_SIGNATURE|^HOSTNAME_MISMATCH|^INVALID_(CA|PURPOSE)/;

/**
 * The error to throw in place of an error that ended a request: a failure if the cause is known, else the
 * same error.
 */
export function sendingFailure(thrown: unknown, at: KubernetesRequest, host: string): unknown {
  if (failureOf(thrown).kind !== 'unexpected') return thrown;
  if (thrown instanceof Misshapen) return failed(misshapenFailure(at, thrown.message, { host }), thrown);
  const code = textIn(thrown, 'code');
  if (code === undefined) return thrown;
  const reason = networkReason(code, textIn(thrown, 'syscall'));
  const issuer = textIn(thrown, 'issuer');
  return failed(
    {
      kind: 'kubernetes',
      ...at,
      reason,
      code,
      host,
      message: withoutSecrets(messageOf(thrown)),
      passing: reason === 'broken' || code === 'EAI_AGAIN',
      answered: NEVER_SENT.has(reason),
      ...(reason === 'untrusted' && issuer !== undefined && { issuer }),
    },
    thrown,
  );
}

/**
 * Reasons of failures before the request leaves this machine. Such a request counts as answered: it was
 * certainly not carried out.
 */
const NEVER_SENT: ReadonlySet<KubernetesReason> = new Set(['unresolved', 'no-route', 'untrusted']);

function networkReason(code: string, syscall: string | undefined): KubernetesReason {
  if (NAME_CODES.has(code)) return 'unresolved';
  if (code === NO_CONNECTION || (ROUTE_CODES.has(code) && syscall === 'connect')) return 'no-route';
  // The other side speaks neither HTTP nor TLS, or the body of its answer cannot be decompressed.
  if (code.startsWith('HPE_') || /^Z_|^ERR_SSL_|^EPROTO$/.test(code)) return 'misshapen';
  if (code === FOREIGN_CA || TRUST_CODES.test(code)) return 'untrusted';
  return 'broken';
}

/** The failure for an answer that does not have the required form. */
function misshapenFailure(
  at: KubernetesRequest,
  message: string,
  { host, status = 200 }: { readonly host: string; readonly status?: number },
): KubernetesFailure {
  return {
    kind: 'kubernetes',
    ...at,
    reason: 'misshapen',
    code: `HTTP ${status}`,
    message,
    status,
    host,
    passing: status >= 500,
    answered: false,
  };
}

/** The failure for an answer whose status is not between 200 and 299. */
export function refusalFailure(at: KubernetesRequest, answer: Refused, host: string): KubernetesFailure {
  const { status, said, body, contentType } = answer;
  const http = `HTTP ${status}`;
  // An API server reports an error with a Status, or in plain text if it has not read the request; plain
  // text counts only with 404 or a status from 429 up. Any other answer does not come from an API server.
  const isPlain = /^text\/plain/i.test(contentType) && (status >= 429 || status === 404);
  if (said === undefined && !isPlain) {
    const isPage = /^text\/html/i.test(contentType) || /^\s*</.test(body);
    const circumstance = isPage ? 'with a web page' : 'without a Status of Kubernetes';
    return misshapenFailure(at, [http, STATUS_CODES[status], circumstance].join(' '), { host, status });
  }
  if (said !== undefined) return statusFailure({ ...at, host }, { ...said, code: status });
  return spokenFailure({ ...at, host }, status, undefined, body.trim().slice(0, LONGEST_WORDS));
}

/** The failure that a Status reports, in an answer of its own or in the middle of a watch. */
export function statusFailure(at: RequestAt, said: Status): KubernetesFailure {
  return spokenFailure(at, said.code ?? 0, said, said.message);
}

function spokenFailure(
  at: RequestAt,
  status: number,
  said: Status | undefined,
  message: string,
): KubernetesFailure {
  const reason = reasonOf(status, said);
  return {
    kind: 'kubernetes',
    ...at,
    reason,
    code: said?.reason || `HTTP ${status}`,
    message: withoutSecrets(message),
    status,
    passing: reason === 'throttled' || reason === 'server',
    answered: true,
    ...(said !== undefined && said.causes.length > 0 && { causes: said.causes }),
  };
}

/** The maximum number of characters of an answer in plain text that are used as the failure's message. */
const LONGEST_WORDS = 500;

/** @see https://kubernetes.io/docs/reference/using-api/api-concepts/ */
function reasonOf(status: number, said: Status | undefined): KubernetesReason {
  switch (status) {
    case 400:
    case 415:
    case 422:
      return 'invalid';
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 410:
      return 'expired';
    case 429:
      return said?.causes.some(({ reason }) => reason === 'DisruptionBudget') ? 'budget' : 'throttled';
    default:
      return status >= 500 ? 'server' : 'other';
  }
}

function textIn(thrown: unknown, name: string): string | undefined {
  const own = thrown instanceof Object ? Reflect.get(thrown, name) : undefined;
  if (typeof own === 'string') return own;
  // If Node tried several addresses of the host, `errors` holds one error for each: the first one stands
  // for all.
  const all: unknown = thrown instanceof Object ? Reflect.get(thrown, 'errors') : undefined;
  const [first]: readonly unknown[] = Array.isArray(all) ? all : [];
  return first === undefined ? undefined : textIn(first, name);
}

function messageOf(thrown: unknown): string {
  return textIn(thrown, 'message') || String(thrown);
}
