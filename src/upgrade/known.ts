/** Facts that may not be had: what an optional call answered, or why it is not known. */
import { type AwsFailure, failureOf } from '../model/failure';
import { LIST_ENDLESS } from '../model/page';
import { actionsOf } from '../model/permissions';

/** `eks:ListInsights`: for the operations used here the action is named as the operation. */
export type IamAction = `${string}:${string}`;

/** Why a fact is not known. */
export type Unknown =
  | { readonly code: 'not-permitted'; readonly action: IamAction }
  | { readonly code: 'unanswered'; readonly failure: AwsFailure }
  /** SSM publishes an image id for Windows, and no release version. */
  | { readonly code: 'windows-image-id-only' }
  /** The image is the launch template's own; AWS publishes no releases of it. */
  | { readonly code: 'custom-ami' }
  /** Slipway does not know where AWS publishes the releases of this AMI type. */
  | { readonly code: 'unlisted-ami-type'; readonly amiType: string }
  /** AWS publishes no release of this AMI type for this Kubernetes version. */
  | { readonly code: 'not-published'; readonly parameter: string }
  /** Which of two releases is newer cannot be told. */
  | { readonly code: 'not-comparable'; readonly release: string; readonly newest: string }
  /** The list does not end: after so many pages it led back, or there were too many. */
  | { readonly code: 'list-endless'; readonly pages: number }
  /** AWS lists so many more than were read. */
  | { readonly code: 'not-all-read'; readonly notRead: number }
  /** The node group shows no Kubernetes version. */
  | { readonly code: 'no-version' };

export type Known<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly why: Unknown };

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

export function unknown(why: Unknown): { readonly known: false; readonly why: Unknown } {
  return { known: false, why };
}

/**
 * Asks for something that a plan can do without. What AWS refuses or does not answer is unknown.
 * @throws cancellation, missing credentials and what nobody foresaw.
 */
export async function ask<T>(call: () => Promise<T>): Promise<Known<T>> {
  try {
    return known(await call());
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind === 'refused' && failure.code === LIST_ENDLESS) {
      return unknown({ code: LIST_ENDLESS, pages: Number(failure.facts['pages']) });
    }
    if (failure.kind !== 'aws') throw thrown;
    if (failure.reason !== 'access-denied') return unknown({ code: 'unanswered', failure });
    const [action] = actionsOf(failure);
    return unknown({ code: 'not-permitted', action });
  }
}
