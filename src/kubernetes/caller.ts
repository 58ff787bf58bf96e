/**
 * Sends a request to a cluster: signs in, waits for the rate limit, sends, retries temporary failures, and
 * logs each try.
 */

import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../model/clock';
import { failed, failureOf } from '../model/failure';
import type { KubernetesFailure, KubernetesRequest } from '../model/kubernetes-failure';
import { present } from '../model/present';
import type { Gate } from '../model/rate-limiter';
import { abortGracePeriod, backOff } from '../model/waiting';
import { beginningOf } from './body';
import type { ClusterAccessReader } from './cluster-access';
import type { Take } from './cluster-caller';
import type { RequestEntry } from './contract';
import { exchange } from './exchange';
import { refusalFailure, sendingFailure } from './failures';
import { type Asked, httpRequest, namedRequest } from './request';
import { retryAfterMs, statusIn } from './status';
import type { Token, TokenSource } from './token-source';

/** The way in which one request is sent. */
export interface CallOptions {
  readonly gate: Gate;
  readonly access: ClusterAccessReader;
  readonly signal: AbortSignal;
  /**
   * The maximum number of tries. When a token was refused, the repetition with another token does not count.
   */
  readonly attempts: number;
  /**
   * True if the request changes something. If such a request is cancelled while it is under way, its answer is
   * awaited for up to ten seconds. Such a request is sent again only if it was certainly not carried out.
   */
  readonly change?: boolean;
}

export interface CallerParts {
  readonly cluster: string;
  readonly connectionId: string;
  readonly clock: Clock;
  readonly tokens: TokenSource;
  readonly onRequest: (entry: RequestEntry) => void;
}

/** The maximum number of bytes of a refusal's body that are evaluated. */
const LONGEST_REFUSAL = 256 * 1024;
const BASE_MS = 200;

/** Sends the request and returns the result of `take` for the answer. @throws a failure as data */
export async function call<T>(
  parts: CallerParts,
  asked: Asked,
  options: CallOptions,
  take: Take<T>,
): Promise<T> {
  const { signal } = options;
  // Node warns of more than ten listeners on one signal, and many requests may listen to the same signal.
  setMaxListeners(0, signal);
  let token: Token | undefined;
  for (let attempt = 1; ; ) {
    try {
      token ??= await parts.tokens.get(options.access.aws.clusterTokens, signal);
      return await once(parts, asked, options, { token, attempt }, take);
    } catch (thrown) {
      if (signal.aborted && !isUnanswered(thrown)) throw failed({ kind: 'cancelled' }, thrown);
      const failure = failureOf(thrown);
      if (failure.kind !== 'kubernetes') throw thrown;
      if (failure.reason === 'unauthorized' && token !== undefined) {
        token = await parts.tokens.another(token, options.access.aws.clusterTokens, signal);
        if (token === undefined) throw await options.access.explained(failure, signal);
        continue;
      }
      if (attempt >= options.attempts || !isWorthAnother(failure, options)) {
        throw await options.access.explained(failure, signal);
      }
      await parts.clock.sleep(backOff(BASE_MS, attempt), signal);
      token = undefined;
      attempt += 1;
    }
  }
}

function isUnanswered(thrown: unknown): boolean {
  const failure = failureOf(thrown);
  return failure.kind === 'kubernetes' && !failure.answered;
}

/**
 * Returns true if the request should be sent again. A change that may have been carried out is never sent
 * again. Any request is sent again if the host name could not be resolved: it may be resolved a moment later.
 */
function isWorthAnother({ passing, answered, reason }: KubernetesFailure, { change }: CallOptions): boolean {
  const isUnresolved = reason === 'unresolved';
  if (change === true) return isUnresolved || (passing && answered && reason === 'throttled');
  return passing || isUnresolved;
}

async function once<T>(
  parts: CallerParts,
  asked: Asked,
  options: CallOptions,
  { token, attempt }: { readonly token: Token; readonly attempt: number },
  take: Take<T>,
): Promise<T> {
  const { clock, cluster, connectionId, tokens, onRequest } = parts;
  const { gate, access, change = false } = options;
  const destination = await access.destination(options.signal);
  const host = `${destination.host}:${destination.port}`;
  const at = namedRequest(cluster, asked);
  const leave = await gate.enter(options.signal);
  const sentAt = clock.now();
  const wait = change
    ? abortGracePeriod(options.signal, clock)
    : { signal: options.signal, end: () => undefined };
  let status: number | undefined;
  const log = (error?: string): void => {
    const { verb, resource, namespace, name } = at;
    onRequest({
      connectionId,
      cluster,
      verb,
      resource: [resource, namespace, name].filter((part) => part !== undefined).join(' '),
      attempt,
      durationMs: clock.now() - sentAt,
      ...present({ status, error }),
    });
  };
  try {
    const { headers, ...rest } = httpRequest(asked);
    const authorization = `Bearer ${token.text}`;
    const answer = await exchange(
      destination,
      { ...rest, headers: { ...headers, authorization } },
      wait.signal,
      clock,
    );
    status = answer.statusCode ?? 0;
    tokens.heard(answer.headers.date, clock.now() - sentAt);
    if (status < 200 || status > 299) throw failed(await refusal(answer, { at, host, gate, sentAt, clock }));
    tokens.accepted(token);
    const taken = await take(answer, { ...at, host });
    log();
    return taken;
  } catch (thrown) {
    const known =
      change && isAbort(thrown) ? failed(lateAnswer(at, host), thrown) : sendingFailure(thrown, at, host);
    const failure = failureOf(known);
    log(failure.kind === 'kubernetes' ? failure.code : failure.kind);
    throw known;
  } finally {
    wait.end();
    leave();
  }
}

function isAbort(thrown: unknown): boolean {
  return failureOf(thrown).kind === 'cancelled';
}

/** The failure of a change that was cancelled and not answered in time. */
function lateAnswer(at: KubernetesRequest, host: string): KubernetesFailure {
  return {
    kind: 'kubernetes',
    ...at,
    reason: 'broken',
    code: 'AbortError',
    message: 'No answer came in time after the cancellation.',
    host,
    passing: true,
    answered: false,
  };
}

async function refusal(
  answer: IncomingMessage,
  {
    at,
    host,
    gate,
    sentAt,
    clock,
  }: {
    readonly at: KubernetesRequest;
    readonly host: string;
    readonly gate: Gate;
    readonly sentAt: number;
    readonly clock: Clock;
  },
): Promise<KubernetesFailure> {
  const { statusCode: status = 0, headers } = answer;
  const body = await beginningOf(answer, LONGEST_REFUSAL, clock);
  const said = statusIn(body);
  const failure = refusalFailure(
    at,
    { status, contentType: headers['content-type'] ?? '', body, said },
    host,
  );
  if (failure.reason === 'throttled' || (failure.reason === 'server' && headers['retry-after'])) {
    gate.throttled(sentAt, retryAfterMs(headers['retry-after'], said));
  }
  return failure;
}
