/** Rows of lists that arrive in pieces: things, holders of things, and reasons why something could not be listed. */
import { type Failure, failureOf } from '../../model/failure';
import type { Choice } from '../../view/wizard/prompts';

/** The appearance of a list row, apart from its label. */
export type RowLooks = Pick<Choice<unknown>, 'description' | 'detail' | 'icon'>;

export type Listed<T> =
  /** A thing that can be picked. `label` names it within its connection: `equities-dev / dev-scratch`. */
  | ({ readonly kind: 'thing'; readonly thing: T; readonly label: string } & RowLooks)
  /**
   * A holder of things that are listed only after the user picks it, since their list is long or needs its
   * own requests.
   */
  | ({ readonly kind: 'holder'; readonly within: readonly string[]; readonly label: string } & RowLooks)
  /** The reason why things could not be listed. Without a label, it applies to all things of the connection. */
  | { readonly kind: 'unread'; readonly label?: string; readonly failure: Failure };

/** Lets the user type the name of a holder. */
export interface TypedHolder {
  /** Words after the placeholder that say what can be typed. Undefined if nothing can. */
  hint(within: readonly string[]): string | undefined;
  /** The row of the holder whose name was typed; undefined for a text that cannot be the name of a holder. */
  row(within: readonly string[], text: string): Extract<Listed<never>, { kind: 'holder' }> | undefined;
}

/**
 * Lists things of one connection, page by page, so that each page can be shown as soon as it arrives. If the
 * iteration throws, its error is shown as the reason why the rest is missing; if only a part cannot be read,
 * a row of the kind `unread` says so.
 */
export type ListThings<T> = (signal: AbortSignal) => AsyncIterable<readonly Listed<T>[]>;

/**
 * The list, or a row that says why it could not be read, so that the other lists are still shown.
 * @throws cancelled
 */
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
