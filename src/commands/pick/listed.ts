/**
 * Rows of lists that arrive piece by piece: things, holders of things, and reasons why something could not be listed.
 */
import { type Failure, failureOf } from '../../model/failure';
import type { Choice } from '../../view/wizard/prompts';

/** How a row of a list looks besides its label. */
export type RowLooks = Pick<Choice<unknown>, 'description' | 'detail' | 'icon'>;

export type Listed<T> =
  /** A thing that can be picked. `label` names it within its connection: `equities-dev / dev-scratch`. */
  | ({ readonly kind: 'thing'; readonly thing: T; readonly label: string } & RowLooks)
  /** A holder of things that are listed once it is picked, as each such list takes requests of its own or is long. */
  | ({ readonly kind: 'holder'; readonly within: readonly string[]; readonly label: string } & RowLooks)
  /** Its things could not be listed. Without a label: those of the whole connection. */
  | { readonly kind: 'unread'; readonly label?: string; readonly failure: Failure };

/** A holder whose name was typed. */
export interface TypedHolder {
  /** Follows the placeholder: what can be typed. Undefined if nothing can. */
  hint(within: readonly string[]): string | undefined;
  /** Undefined for a text that names no holder. */
  row(within: readonly string[], text: string): Extract<Listed<never>, { kind: 'holder' }> | undefined;
}

/**
 * Things of one connection, a page at a time, each as soon as it is here; the next page is asked for once this one is
 * shown. What throws is shown as the reason why the rest is missing; where a part alone cannot be read, it is `unread`.
 */
export type ListThings<T> = (signal: AbortSignal) => AsyncIterable<readonly Listed<T>[]>;

/** The list, or a row that says why it could not be read, so that the other lists still show. */
export async function orUnread<T>(
  label: string,
  read: () => Promise<readonly Listed<T>[]>,
): Promise<readonly Listed<T>[]> {
  try {
    return await read();
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.kind === 'cancelled') throw thrown;
    return [{ kind: 'unread', label, failure }];
  }
}
