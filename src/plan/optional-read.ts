/** The result of a read that a plan can do without: the value, or why it is not known. */
import { type AwsFailure, type Failure, failureOf } from '../model/failure';
import type { KubernetesFailure } from '../model/kubernetes-failure';
import { LIST_ENDLESS } from '../model/page';
import { type Action, actionsOf } from '../model/permissions';

/** Why AWS gave no answer that can be used. */
export type ReadFailure =
  | { readonly code: 'not-permitted'; readonly actions: readonly [Action, ...Action[]] }
  | { readonly code: 'unanswered'; readonly failure: AwsFailure }
  /** The list does not end: `pages` were read before it led back to an earlier page or was given up. */
  | { readonly code: 'list-endless'; readonly pages: number };

/** @template Why further reasons may be added by whoever reads. */
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
 * Asks for something that a plan can do without. What AWS refuses or does not answer is unknown.
 * @throws what concerns more than this question: cancellation, missing credentials, a service that has ended, and
 * everything that nobody foresaw.
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
 * As {@link readOptional}, for something inside of a cluster: a `kubernetes` failure says why the value is not known.
 * @throws every other failure.
 */
export async function readOptionalInside<T>(
  read: () => Promise<T>,
): Promise<OptionalRead<T, KubernetesFailure>> {
  return readUnless(read, (failure) => (failure.kind === 'kubernetes' ? failure : undefined));
}

/** @param whyNot why the value is not known after a failure; undefined for a failure that is thrown on. */
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

/** Why a read that failed with AWS's failure has no value. */
export function whyUnread(failure: AwsFailure): ReadFailure {
  return failure.reason === 'access-denied'
    ? { code: 'not-permitted', actions: actionsOf(failure) }
    : { code: 'unanswered', failure };
}

/** True if AWS answered that there is no such thing. */
export function isAbsent(why: ReadFailure): boolean {
  return why.code === 'unanswered' && why.failure.reason === 'not-found';
}
