/**
 * What went wrong, as data. Failures cross bundles and threads, so they are told apart by `kind`, never by class.
 */
import type { FactsArgument } from './coded';
import type { Facts } from './json';
import type { KubernetesFailure, KubernetesReason } from './kubernetes-failure';

export type ServiceName = 'finspace' | 'eks' | 's3' | 'sts' | 'ssm' | 'ec2' | 'logs';

/** One reason for every way in which AWS refuses or does not answer. */
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
  /** Amazon FinSpace ended on 2026-10-07, and the answer looks like that rather than like a mistake of the user's. */
  | 'service-ended'
  | 'other';

export interface AwsFailure {
  readonly kind: 'aws';
  readonly reason: AwsReason;
  readonly service: ServiceName;
  /** Operation as the AWS model spells it, e.g. `UpdateKxClusterCodeConfiguration`. */
  readonly operation: string;
  /** What the request was about, e.g. `s3://bucket/key`; absent where the operation says it all. */
  readonly resource?: string;
  /** The error's name as AWS spells it, e.g. `ResourceInUseException`; for a network failure Node's code. */
  readonly name: string;
  /** AWS's own words, shown as they are. */
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string;
  /** True when the same request may succeed later without anybody changing anything. */
  readonly passing: boolean;
  /**
   * False when the request was under way and no answer of AWS was read, so that it may have been carried out all the
   * same. A request that never left this machine counts as answered: it was certainly not carried out.
   */
  readonly answered: boolean;
}

/** Name of the failure for an answer that does not have the form of the service's answers. */
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

/** Slipway's own refusal: `code` names the rule (each room lists its codes), `facts` what it was applied to. */
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

/** How a room throws its own refusals: its catalogue `M` ties the facts to each code. `cause` is kept for the log. */
type Refuse<M> = <C extends keyof M & string>(
  code: C,
  ...rest: [...FactsArgument<M[C]>, cause?: unknown]
) => FailureError;

/** The function with which a room throws its refusals. Facts are plain data, since ledgers keep them. */
export function refusalsOf<M>(): Refuse<M> {
  return (code, ...rest) => {
    const [facts, cause]: readonly unknown[] = rest;
    return failed({ kind: 'refused', code, facts: { ...(facts as Facts | undefined) } }, cause);
  };
}

/**
 * The failure in anything that was thrown. An abort becomes `cancelled`; an error that nobody foresaw becomes
 * `unexpected`.
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

/** Stands in place of something that could not be read, and says why. */
export interface NotRead {
  readonly failure: Failure;
}

/**
 * What `read` resolves with, or why it failed.
 * @throws a cancellation: it does not say whether the thing can be read.
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

/** Whether AWS refused for this reason. */
export function isReason(thrown: unknown, reason: AwsReason): boolean {
  const failure = failureOf(thrown);
  return failure.kind === 'aws' && failure.reason === reason;
}

/** Whether a cluster's Kubernetes API refused, or did not answer, for this reason. */
export function isKubernetesReason(thrown: unknown, reason: KubernetesReason): boolean {
  const failure = failureOf(thrown);
  return failure.kind === 'kubernetes' && failure.reason === reason;
}

/**
 * Whether the service does not have what was asked of it, such as a store like Amazon S3 that lacks one of its headers.
 */
export function isNotImplemented(thrown: unknown): boolean {
  const failure = failureOf(thrown);
  return failure.kind === 'aws' && (failure.status === 501 || failure.name === 'NotImplemented');
}
