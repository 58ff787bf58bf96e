/**
 * Carries out calls: waits until a request may be sent, retries after temporary failures, and logs each
 * request.
 */

import { setMaxListeners } from 'node:events';
import type { Clock } from '../model/clock';
import { type AwsFailure, type Failure, failed, type ServiceName } from '../model/failure';
import { present } from '../model/present';
import type { Gate } from '../model/rate-limiter';
import { abortGracePeriod, backOff } from '../model/waiting';
import type { RequestEntry } from './contract';
import { type RequestName, sdkFailure } from './failures';
import { correctedClock, readAnswer } from './sdk-error';
import { misshapen, strangeAnswer } from './validation/strange-answer';

/** The part that the outputs of all the SDK's commands have in common. */
export interface Output {
  readonly $metadata: {
    readonly httpStatusCode?: number | undefined;
    readonly requestId?: string | undefined;
  };
}

/** The options that the client gets for one try. */
export interface SendOptions {
  readonly abortSignal: AbortSignal;
  /** Name of the operation: it selects the rule that validates the raw answer. */
  readonly operation: string;
}

/**
 * Resolves with the output, or throws a failure as data. `operation` has the AWS model's spelling; `resource`
 * names the subject of the request for the log and the failure. `send` sends the request once and is called
 * again for each further try: a body that can be read only once must be created in each of these calls.
 */
type Send = <T extends Output>(
  operation: string,
  resource: string,
  signal: AbortSignal,
  send: (options: SendOptions) => Promise<T>,
) => Promise<T>;

/** The type of the output that the SDK's client returns for a command of this type. */
type OutputOf<C> = C extends {
  resolveMiddleware(...parts: never[]): (args: never) => Promise<{ readonly output: infer O }>;
}
  ? O
  : never;

/** Makes the `send` argument of {@link Send} from a command whose body can be sent again unchanged. */
export function sends<C extends object>(
  client: { send(command: NoInfer<C>, options: SendOptions): Promise<OutputOf<NoInfer<C>>> },
  command: C,
): (options: SendOptions) => Promise<OutputOf<C>> {
  return (options) => client.send(command, options);
}

export interface Caller {
  /**
   * Sends a read, or a request that belongs to an upload to S3. If `signal` aborts, the request is cut off at
   * once and fails as cancelled, even if AWS has already carried it out: nobody needs the answer any more.
   */
  readonly request: Send;
  /**
   * Sends a request that changes something. If the call fails as cancelled, the request was never sent: a
   * cancellation lets a request that is under way continue for up to ten seconds, to read its answer. A failure
   * with `answered: false` means that the change may have been made.
   */
  readonly change: Send;
  /**
   * Resolves the credentials in the same way as a request: the user is asked for a code where that is allowed.
   * Throws the failure if there are no credentials.
   */
  readonly authenticate: (signal: AbortSignal) => Promise<void>;
}

interface Call<T extends Output> {
  readonly operation: string;
  readonly resource: string;
  readonly signal: AbortSignal;
  readonly change: boolean;
  readonly send: (options: SendOptions) => Promise<T>;
}

export interface CallerParts {
  readonly service: ServiceName;
  readonly connectionId: string;
  readonly clock: Clock;
  readonly gate: Gate;
  /**
   * The largest number of tries of one call. Even if it is 1, a second try follows if AWS refused the first
   * one's signature because of its time.
   */
  readonly attempts: number;
  /** Resolved before each try, so that missing credentials are not mistaken for a failure of the service. */
  readonly credentials?: { get(signal: AbortSignal): Promise<unknown>; invalidate(): void };
  readonly onRequest: (entry: RequestEntry) => void;
  /** Why an operation's output is not a valid answer; undefined if it is valid. */
  readonly misfitOf: (operation: string, output: unknown) => string | undefined;
  /**
   * Called with the failure of the try that ends a call. Returns the failure to throw: the same one, or one
   * that is more precise.
   */
  readonly judge?: (failure: AwsFailure) => Promise<AwsFailure>;
}

interface Failed {
  readonly failure: Failure;
  readonly cause: unknown;
}

/** The result of a try that was sent. */
type Sent<T> = { readonly output: T; readonly failure?: undefined } | Failed;

export function createCaller(parts: CallerParts): Caller {
  const send =
    (change: boolean): Send =>
    (operation, resource, signal, send) =>
      sendWithRetries(parts, { operation, resource, signal, change, send });
  const authenticate = async (signal: AbortSignal): Promise<void> => {
    await parts.credentials?.get(signal);
  };
  return { request: send(false), change: send(true), authenticate };
}

async function sendWithRetries<T extends Output>(parts: CallerParts, call: Call<T>): Promise<T> {
  // All requests of one refresh of the tree listen to the same signal, and Node warns of more than ten
  // listeners.
  setMaxListeners(0, call.signal);
  let last: Failed | undefined;
  let unanswered = false;
  for (let attempt = 1; ; attempt += 1) {
    const leave = await admitted(parts, call, attempt, last);
    const sent = await send(parts, call, attempt).finally(leave);
    if (sent.failure === undefined) return sent.output;
    unanswered ||= sent.failure.kind === 'aws' && !sent.failure.answered;
    last = unanswered ? doubtful(call, sent, last) : sent;
    if (call.signal.aborted || !worthAnother(parts, sent, attempt)) {
      throw failed(await judged(parts, last.failure), last.cause);
    }
  }
}

/**
 * Waits until the next try may be sent. Returns the function to call when that try has ended.
 * @throws the failure of the earlier try, if the call is a change that was tried before; otherwise a
 * cancelled failure if the signal is aborted, or the error that prevented this try
 */
async function admitted<T extends Output>(
  { gate, credentials, clock }: CallerParts,
  { signal, change }: Call<T>,
  attempt: number,
  last: Failed | undefined,
): Promise<() => void> {
  let leave: (() => void) | undefined;
  try {
    if (last !== undefined) await clock.sleep(waitAfter(last.failure, attempt - 1), signal);
    leave = await gate.enter(signal);
    await credentials?.get(signal);
    signal.throwIfAborted();
    return leave;
  } catch (thrown) {
    leave?.();
    if (last !== undefined && change) throw failed(last.failure, last.cause);
    throw signal.aborted ? failed({ kind: 'cancelled' }, thrown) : thrown;
  }
}

async function send<T extends Output>(parts: CallerParts, call: Call<T>, attempt: number): Promise<Sent<T>> {
  const { clock, service, connectionId, gate, credentials, onRequest } = parts;
  const { operation, resource } = call;
  const sentAt = clock.now();
  const log = (answer: {
    readonly status?: number | undefined;
    readonly requestId?: string | undefined;
    readonly error?: string;
  }): void =>
    onRequest({
      connectionId,
      service,
      operation,
      resource,
      attempt,
      durationMs: clock.now() - sentAt,
      ...present(answer),
    });
  const wait = call.change
    ? abortGracePeriod(call.signal, clock)
    : { signal: call.signal, end: () => undefined };
  try {
    const output = await call.send({ abortSignal: wait.signal, operation });
    const misfit = parts.misfitOf(operation, output);
    if (misfit !== undefined) throw misshapenAnswer(output, misfit);
    log({ status: output.$metadata.httpStatusCode, requestId: output.$metadata.requestId });
    return { output };
  } catch (cause) {
    const at = { service, operation, ...(resource !== '' && { resource }) };
    const failure = sendingFailure(at, call, cause);
    const { status, requestId, name } = readAnswer(cause);
    log({ status, requestId, error: failure.kind === 'aws' ? failure.name : name });
    if (failure.kind === 'aws' && failure.reason === 'throttled') gate.throttled(sentAt);
    // If only the clock was wrong, the credentials are still valid.
    if (failure.kind === 'credentials' && !correctedClock(cause)) credentials?.invalidate();
    return { failure, cause };
  } finally {
    wait.end();
  }
}

function misshapenAnswer({ $metadata }: Output, misfit: string): Error {
  const { httpStatusCode: status, requestId } = $metadata;
  return strangeAnswer({ status, requestId }, misshapen(misfit));
}

function sendingFailure<T extends Output>(
  at: RequestName,
  { signal, change }: Call<T>,
  cause: unknown,
): Failure {
  const failure = sdkFailure(cause, at);
  if (!change) return signal.aborted ? { kind: 'cancelled' } : failure;
  if (failure.kind !== 'cancelled') return failure;
  const message = 'No answer came in time after the cancellation.';
  return {
    kind: 'aws',
    ...at,
    reason: 'network',
    name: 'AbortError',
    message,
    passing: true,
    answered: false,
  };
}

/**
 * The failure that a call reports after one of its tries was not answered. For a change, it has
 * `answered: false`: even if a later try was refused, AWS may have carried out an earlier one.
 */
function doubtful(
  { change }: { readonly change: boolean },
  sent: Failed,
  before: Failed | undefined,
): Failed {
  if (sent.failure.kind !== 'aws') return change && before !== undefined ? before : sent;
  return { failure: { ...sent.failure, answered: false }, cause: sent.cause };
}

function worthAnother({ attempts }: CallerParts, sent: Failed, attempt: number): boolean {
  if (correctedClock(sent.cause)) return attempt === 1 || attempt < attempts;
  if (sent.failure.kind !== 'aws' || attempt >= attempts) return false;
  return sent.failure.passing && sent.failure.reason !== 'bad-digest';
}

const BASE_MS = 100;
const THROTTLED_BASE_MS = 500;

function waitAfter(failure: Failure, tries: number): number {
  const throttled = failure.kind === 'aws' && failure.reason === 'throttled';
  return backOff(throttled ? THROTTLED_BASE_MS : BASE_MS, tries);
}

async function judged({ judge }: CallerParts, failure: Failure): Promise<Failure> {
  return judge !== undefined && failure.kind === 'aws' ? judge(failure) : failure;
}
