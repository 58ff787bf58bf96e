/** One page of a list, as AWS hands it out. */

export interface Page<T> {
  readonly items: readonly T[];
  /** Hand it back for the next page; absent on the last one. */
  readonly next?: string;
}

/** All items of all pages, one request after the other. `list` gets undefined for the first page. */
export async function* everyItem<T>(
  list: (next: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T, void> {
  let next: string | undefined;
  do {
    const page = await list(next);
    yield* page.items;
    next = page.next;
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
