/** Converts parts of the SDK's answers to the types of the domain. */
import { failed } from '../model/failure';
import type { Page } from '../model/page';
import { withoutSecrets } from '../model/without-secrets';

/** A page of a list. AWS marks the last page by an empty token, or by none. */
export function pageOf<T>(items: readonly T[] | undefined, next: string | undefined): Page<T> {
  return { items: items ?? [], ...(next && { next }) };
}

/** Epoch milliseconds. */
export function millis(date: Date | undefined): number | undefined {
  return date?.getTime();
}

/** A sentence of AWS, without secrets: AWS may repeat values of the request in such a sentence. */
export function awsSentence(sentence: string | undefined): string | undefined {
  return sentence === undefined ? undefined : withoutSecrets(sentence);
}

/** A member that every answer must have. @throws unexpected if it is absent */
export function given<T>(value: T | undefined, operation: string): T {
  if (value !== undefined) return value;
  throw failed({ kind: 'unexpected', message: `${operation} was answered without what it was asked for.` });
}
