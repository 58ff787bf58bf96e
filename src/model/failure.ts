/**
 * Failures as data. They pass between bundles and threads, where `instanceof` cannot recognize a class, so
 * only `kind` distinguishes them.
 */
import type { FactsArgument } from './coded';
import type { Facts } from './json';
import type { KubernetesFailure, KubernetesReason } from './kubernetes-failure';

export type ServiceName = 'finspace' | 'eks' | 's3' | 'sts' | 'ssm' | 'ec2' | 'logs';

/** Why AWS refused a request, or why no usable answer came. */
export type AwsReason =
  | 'access-denied'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'limit'
  | 'throttled'
  | 'server'
  | 'network'
  | 'bad-digest'
  | 'precondition'
  /**
   * Amazon FinSpace ended on 2026-10-07, and the answer looks like a consequence of the service's end rather
   * than of a mistake of the user.
   */
  | 'service-ended'
  | 'other';

export interface AwsFailure {
  readonly kind: 'aws';
  readonly reason: AwsReason;
  readonly service: ServiceName;
  /** Operation in the AWS model's spelling, e.g. `UpdateKxClusterCodeConfiguration`. */
  readonly operation: string;
  /** The resource of the request, e.g. `s3://bucket/key`; absent if the request names none. */
  readonly resource?: string;
  /**
   * The error's name in AWS's spelling, e.g. `ResourceInUseException`. If AWS gives none: Node's code or the
   * SDK's name for a network failure, the HTTP status, e.g. `HTTP 502`, or {@link MISSHAPEN_ANSWER}.
   */
  readonly name: string;
  /**
   * The words of AWS or, if AWS gives none, of Node, the SDK or Slipway, with secrets masked. Shown unchanged.
   */
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string;
  /** True if the same request may succeed later without anybody's action. */
  readonly passing: boolean;
  /**
   * False if the request was under way and no answer of AWS was read, so that AWS may still have carried the
   * request out. A request that never left this machine counts as answered: it was certainly not carried out.
   */
  readonly answered: boolean;
}

/** The `name` of an {@link AwsFailure} if the answer does not have the form that the service defines. */
export const MISSHAPEN_ANSWER = 'MisshapenAnswer';

export type CredentialsProblem =
  | 'sso-login'
  | 'console-login'
  | 'mfa'
  | 'no-such-profile'
  | 'expired'
  | 'rejected'
  | 'other';

export interface CredentialsFailure {
  readonly kind: 'credentials';
  readonly problem: CredentialsProblem;
  readonly profile?: string;
  readonly message: string;
}

/**
 * Slipway's own refusal: `code` names the rule (each part of Slipway, such as `deploy`, lists its own codes),
 * and `facts` are the values to which the rule was applied.
 */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: string;
  readonly facts: Facts;
}

export interface Unexpected {
  readonly kind: 'unexpected';
  readonly message: string;
}

export type Failure =
  | { readonly kind: 'cancelled' }
  | AwsFailure
  | KubernetesFailure
  | CredentialsFailure
  | Refusal
  | Unexpected;

interface FailureError extends Error {
  readonly failure: Failure;
}

/** An Error that carries `failure`, to be thrown. `cause` is kept for the log. */
export function failed(failure: Failure, cause?: unknown): FailureError {
  const text =
    'message' in failure ? failure.message : failure.kind === 'refused' ? failure.code : failure.kind;
  return Object.assign(new Error(text, cause === undefined ? undefined : { cause }), { failure });
}

/**
 * The function that makes the errors for the refusals of one part of Slipway, such as `deploy`. `M` is the
 * part's catalogue: it maps each code to the type of its facts. `cause` is kept for the log.
 */
type Refuse<M> = <C extends keyof M & string>(
  code: C,
  ...rest: [...FactsArgument<M[C]>, cause?: unknown]
) => FailureError;

/**
 * Makes the function with which a part of Slipway, such as `deploy`, creates the errors for its refusals.
 * Facts are plain data, since ledgers store them.
 */
export function refusalsOf<M>(): Refuse<M> {
  return (code, ...rest) => {
    const [facts, cause]: readonly unknown[] = rest;
    return failed({ kind: 'refused', code, facts: { ...(facts as Facts | undefined) } }, cause);
  };
}

/**
 * The failure that a thrown value carries. Without one, an abort becomes `cancelled`, and anything else
 * becomes `unexpected`.
 */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Object && 'failure' in thrown) {
    return (thrown as FailureError).failure;
  }
  if (thrown instanceof Object && 'name' in thrown && thrown.name === 'AbortError') {
    return { kind: 'cancelled' };
  }
  return { kind: 'unexpected', message: thrown instanceof Error ? thrown.message : String(thrown) };
}

/** Replaces a value that could not be read, and gives the reason. */
export interface NotRead {
  readonly failure: Failure;
}

/**
 * The result of `read`, or the reason why `read` failed.
 * @throws a cancellation, which does not tell whether `read` would have succeeded
 */
export async function orNotRead<T>(read: () => Promise<T>): Promise<T | NotRead> {
  try {
    return await read();
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind === 'cancelled') throw thrown;
    return { failure };
  }
}

/** True if `thrown` is a failure of AWS with this reason. */
export function isReason(thrown: unknown, reason: AwsReason): boolean {
  const failure = failureOf(thrown);
  return failure.kind === 'aws' && failure.reason === reason;
}

/** True if `thrown` is a failure of a cluster's Kubernetes API with this reason. */
export function isKubernetesReason(thrown: unknown, reason: KubernetesReason): boolean {
  const failure = failureOf(thrown);
  return failure.kind === 'kubernetes' && failure.reason === reason;
}

/**
 * True if the service does not support the request: for example, a store that imitates Amazon S3 but does not
 * know one of the request's headers.
 */
export function isNotImplemented(thrown: unknown): boolean {
  const failure = failureOf(thrown);
  return failure.kind === 'aws' && (failure.status === 501 || failure.name === 'NotImplemented');
}
