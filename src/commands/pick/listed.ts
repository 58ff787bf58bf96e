/** Lists that come piece by piece, as a question shows them: things, what holds things, and what could not be listed. */
import { type Failure, failureOf } from '../../model/failure';
import type { Choice } from '../../view/wizard/prompts';

/** How a row of a list looks besides its label. */
export type RowLooks = Pick<Choice<unknown>, 'description' | 'detail' | 'icon'>;

export type Listed<T> =
  /** What is looked for. `label` names it within its connection: `equities-dev / dev-scratch`. */
  | ({ readonly kind: 'thing'; readonly thing: T; readonly label: string } & RowLooks)
  /** Holds things that are listed once this row is taken: each such list costs requests of its own, or is long. */
  | ({ readonly kind: 'holder'; readonly within: readonly string[]; readonly label: string } & RowLooks)
  /** Its things could not be listed. Without a label: those of the whole connection. */
  | { readonly kind: 'unread'; readonly label?: string; readonly failure: Failure };

/** Something that holds things, typed by its name. */
export interface TypedHolder {
  /** Behind the placeholder: what can be typed. Undefined where nothing can be. */
  hint(within: readonly string[]): string | undefined;
  /** Undefined for a text that names none. */
  row(within: readonly string[], text: string): Extract<Listed<never>, { kind: 'holder' }> | undefined;
}

/**
 * Things of one connection, a page at a time, each as soon as it is here; the next page is asked for once this one is
 * shown. What throws is shown as the reason why the rest is missing; where a part alone cannot be read, it is `unread`.
 */
export type ListThings<T> = (signal: AbortSignal) => AsyncIterable<readonly Listed<T>[]>;

/** What was read, or the row that says why it was not: one list that cannot be read does not keep others from showing. */
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
