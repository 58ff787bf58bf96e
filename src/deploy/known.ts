/** Something asked of AWS that may stay unknown without stopping a plan. */
import { type AwsFailure, type AwsReason, failureOf } from '../model/failure';
import type { Facts } from '../model/json';

export type Known<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly failure: AwsFailure };

/** What AWS refuses or does not answer is unknown; everything else (cancelled, credentials, our own faults) is thrown. */
export async function ask<T>(question: Promise<T>): Promise<Known<T>> {
  try {
    return { known: true, value: await question };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'aws' && failure.reason !== 'service-ended') return { known: false, failure };
    throw error;
  }
}

/** A failure as the facts of a check. */
export function factsOf(failure: AwsFailure): Facts {
  const { reason, service, operation, resource, name, message } = failure;
  return { failure: { reason, service, operation, ...(resource && { resource }), name, message } };
}

/** Whether AWS refused for this reason. */
export function isReason(error: unknown, reason: AwsReason): boolean {
  const failure = failureOf(error);
  return failure.kind === 'aws' && failure.reason === reason;
}
