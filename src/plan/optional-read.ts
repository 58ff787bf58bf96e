/** The result of a read that a plan can do without: the value, or why it is not known. */
import { type AwsFailure, type Failure, failureOf } from '../model/failure';
import type { KubernetesFailure } from '../model/kubernetes-failure';
import { LIST_ENDLESS } from '../model/page';
import { type Action, actionsOf } from '../model/permissions';

/** Why AWS gave no usable answer. */
export type ReadFailure =
  | { readonly code: 'not-permitted'; readonly actions: readonly [Action, ...Action[]] }
  | { readonly code: 'unanswered'; readonly failure: AwsFailure }
  /** The list has no end: after `pages` pages, it repeated an earlier page, or the reader gave up. */
  | { readonly code: 'list-endless'; readonly pages: number };

/** `Why`: the possible reasons for an unknown value; a caller may use its own. */
export type OptionalRead<T, Why = ReadFailure> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: Why };

export function known<T>(value: T): { readonly known: true; readonly value: T } {
  return { known: true, value };
}

export function unknown<Why>(why: Why): { readonly known: false; readonly why: Why } {
  return { known: false, why };
}

/**
 * Reads a value that a plan can do without. The value is unknown if AWS gives no usable answer (see
 * {@link ReadFailure}).
 * @throws every other failure, since it concerns more than this read: for example a cancellation, a problem
 * with the credentials, a service that has ended, or an unexpected error
 */
export async function readOptional<T>(read: () => Promise<T>): Promise<OptionalRead<T>> {
  return readUnless(read, (failure) => {
    if (failure.kind === 'refused' && failure.code === LIST_ENDLESS) {
      return { code: LIST_ENDLESS, pages: Number(failure.facts['pages']) };
    }
    return failure.kind === 'aws' && failure.reason !== 'service-ended' ? whyUnread(failure) : undefined;
  });
}

/**
 * As {@link readOptional}, for a value inside of a cluster: a `kubernetes` failure is the reason why it is not known.
 * @throws every other failure
 */
export async function readOptionalInside<T>(
  read: () => Promise<T>,
): Promise<OptionalRead<T, KubernetesFailure>> {
  return readUnless(read, (failure) => (failure.kind === 'kubernetes' ? failure : undefined));
}

/**
 * @param whyNot returns the reason why the value is not known after this failure; if it returns undefined,
 * the failure is thrown
 */
async function readUnless<T, Why>(
  read: () => Promise<T>,
  whyNot: (failure: Failure) => Why | undefined,
): Promise<OptionalRead<T, Why>> {
  try {
    return known(await read());
  } catch (thrown) {
    const why = whyNot(failureOf(thrown));
    if (why === undefined) throw thrown;
    return unknown(why);
  }
}

/** The reason why a value is not known, from the failure with which its read ended. */
export function whyUnread(failure: AwsFailure): ReadFailure {
  return failure.reason === 'access-denied'
    ? { code: 'not-permitted', actions: actionsOf(failure) }
    : { code: 'unanswered', failure };
}

/** True if AWS answered that the thing does not exist. */
export function isAbsent(why: ReadFailure): boolean {
  return why.code === 'unanswered' && why.failure.reason === 'not-found';
}
