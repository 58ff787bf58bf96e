/** Reads lists that come page by page, and refuses a list that has no end. */
import { refuse } from './refusals';

export interface Page<T> {
  readonly items: readonly T[];
  /** Token that requests the next page; absent on the last page. */
  readonly next?: string;
}

/** The most pages that are read of one list: a thousand pages of S3 are a million objects. */
export const MOST_PAGES = 1_000;

/** Code of the refusal of a list that has no end. */
export const LIST_ENDLESS = 'list-endless';

/**
 * The pages of a list that were read so far; refuses a list that leads back to one of them or has too many
 * pages.
 */
export class PageTrail {
  private readonly seen = new Set<string>();
  private pages = 0;

  /** `start`: token of the first page that is read; undefined for the first page of the list. */
  constructor(start?: string) {
    if (start !== undefined) this.seen.add(start);
  }

  /** True if the page that the token `next` requests has already been read. */
  wasAt(next: string | undefined): boolean {
    return next !== undefined && this.seen.has(next);
  }

  /**
   * Records `next`, the token of the next page, and returns it; undefined after the last page.
   * @throws refused `list-endless` (facts: `why`, which is `repeated` or `too-many`, and `pages`) if the next
   * page has already been read, or too many pages were read. The items read until then are not the whole list.
   */
  follow(next: string | undefined): string | undefined {
    if (next === undefined) return undefined;
    this.pages += 1;
    const { pages } = this;
    if (this.wasAt(next)) throw refuse(LIST_ENDLESS, { why: 'repeated', pages });
    if (pages >= MOST_PAGES) throw refuse(LIST_ENDLESS, { why: 'too-many', pages });
    this.seen.add(next);
    return next;
  }
}

/**
 * All items of all pages; one request is sent after the other. `list` gets undefined for the first page.
 * @throws as {@link PageTrail.follow}
 */
export async function* everyItem<T>(
  list: (next: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T, void> {
  const trail = new PageTrail();
  let next: string | undefined;
  do {
    const page = await list(next);
    yield* page.items;
    next = trail.follow(page.next);
  } while (next !== undefined);
}

/** All items of all pages as an array. */
export async function allItems<T>(
  list: (next: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of everyItem(list)) {
    items.push(item);
  }
  return items;
}
